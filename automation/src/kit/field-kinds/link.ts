import { z } from 'zod';
import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

// Nothing that a browser would run.
const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);

export const link = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'letters',
  coerce: (value) => webAddress.safeParse(shownAs(value).trim()).data,
  keeps: (value) => webAddress.safeParse(value).success,
  expected: 'a web address like https://example.com',
});
