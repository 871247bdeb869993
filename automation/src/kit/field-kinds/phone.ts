import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const phone = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'digits',
  coerce: shownAs,
  expected: 'a phone number like +48 600 100 200',
});
