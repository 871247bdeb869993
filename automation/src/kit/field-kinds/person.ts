import { defineFieldKind } from './define-field-kind.ts';
import { asId, isId } from './scalars.ts';

export const person = defineFieldKind({
  asked: ['same'],
  names: 'employee',
  coerce: asId,
  keeps: isId,
  expected: 'an employee: an id or an e-mail address',
});
