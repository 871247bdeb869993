import { defineFieldKind } from './define-field-kind.ts';
import { asId, isId } from './scalars.ts';

export const file = defineFieldKind({
  asked: [],
  names: 'file',
  fromColumn: false,
  coerce: asId,
  keeps: isId,
  expected: 'the id of a file',
});
