import { z } from 'zod';
import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

const address = z.email().max(320);

export const email = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'letters',
  // Without display name, in lower case.
  coerce(value) {
    const text = shownAs(value);
    return address.safeParse((/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase()).data;
  },
  keeps: (value) => address.safeParse(value).success,
  expected: 'an e-mail address like anna@example.com',
});
