import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const email = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'letters',
  coerce: shownAs,
  expected: 'an e-mail address like anna@example.com',
});
