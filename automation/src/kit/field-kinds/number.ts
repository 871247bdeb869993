import { defineFieldKind } from './define-field-kind.ts';
import { asNumber } from './scalars.ts';

export const number = defineFieldKind({
  compared: 'number',
  asked: ['same', 'size', 'words'],
  coerce: asNumber,
  keeps: Number.isFinite,
  expected: 'a number',
});
