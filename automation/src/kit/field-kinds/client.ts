import { defineFieldKind } from './define-field-kind.ts';
import { asId } from './scalars.ts';

export const client = defineFieldKind({
  asked: ['same'],
  names: 'client',
  fromColumn: false,
  // `contact:5` or `company:7`; a number alone is a contact's.
  coerce: (value, { spec }) => (typeof value === 'number' && spec?.custom === true ? `contact:${value}` : asId(value)),
  expected: 'a client: contact:5, company:7, or the id of a contact',
});
