import { defineFieldKind } from './define-field-kind.ts';
import { asId } from './scalars.ts';

export const item = defineFieldKind({
  asked: ['same'],
  names: 'item',
  fromColumn: false,
  coerce: asId,
  expected: 'the id of an item',
});
