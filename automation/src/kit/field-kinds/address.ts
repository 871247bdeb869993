import { defineFieldKind } from './define-field-kind.ts';
import { isText, shownAs } from './scalars.ts';

export const address = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'letters',
  coerce: shownAs,
  keeps: isText,
  expected: 'an address as text',
});
