import { defineFieldKind } from './define-field-kind.ts';
import { isText, shownAs } from './scalars.ts';

export const text = defineFieldKind({
  asked: ['same', 'words', 'size'],
  freeText: 'letters',
  coerce: shownAs,
  keeps: isText,
  expected: 'a text',
});
