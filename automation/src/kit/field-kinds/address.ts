import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const address = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'letters',
  coerce: shownAs,
  expected: 'an address as text',
});
