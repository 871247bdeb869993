import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const text = defineFieldKind({
  asked: ['same', 'words', 'size'],
  freeText: 'letters',
  coerce: shownAs,
  expected: 'a text',
});
