import { defineFieldKind } from './define-field-kind.ts';
import { asId } from './scalars.ts';

export const file = defineFieldKind({
  asked: [],
  names: 'file',
  fromColumn: false,
  coerce: asId,
  expected: 'the id of a file',
});
