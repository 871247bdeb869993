import { defineFieldKind } from './define-field-kind.ts';
import { asId } from './scalars.ts';

export const person = defineFieldKind({
  asked: ['same'],
  names: 'employee',
  coerce: asId,
  expected: 'an employee: an id or an e-mail address',
});
