import { defineFieldKind } from './define-field-kind.ts';
import { asId, isId } from './scalars.ts';

export const client = defineFieldKind({
  asked: ['same'],
  names: 'client',
  fromColumn: false,
  // `contact:5` or `company:7`; a number alone is a contact's. The item's own contact and company are kept as plain ids.
  coerce(value, { spec, field }) {
    const id = asId(value);
    if (spec?.custom === true) return typeof id === 'number' ? `contact:${id}` : id;
    return String(id).startsWith(`${field}:`) ? asId(String(id).slice(field.length + 1)) : id;
  },
  keeps: (value, { custom }) =>
    custom ? typeof value === 'string' && /^(contact|company):[1-9]\d{0,14}$/.test(value) : isId(value),
  expected: 'a client: contact:5, company:7, or the id of a contact',
});
