import { defineFieldKind } from './define-field-kind.ts';
import { asId, isId } from './scalars.ts';

export const item = defineFieldKind({
  asked: ['same'],
  names: 'item',
  fromColumn: false,
  coerce: asId,
  keeps: isId,
  expected: 'the id of an item',
});
