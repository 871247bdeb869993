import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const link = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'letters',
  // Nothing that a browser would run.
  coerce(value) {
    const text = shownAs(value).trim();
    return /^https?:\/\/[^\s/]+\S*$/i.test(text) ? text : undefined;
  },
  expected: 'a web address like https://example.com',
});
