import { bareEmail, isBareEmail, isEmail } from '../values/email-addresses.ts';
import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const email = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'letters',
  // Without display name, in lower case.
  coerce(value) {
    const bare = bareEmail(shownAs(value)).toLowerCase();
    return isEmail(bare) ? bare : undefined;
  },
  keeps: (value) => typeof value === 'string' && isBareEmail(value),
  expected: 'an e-mail address like anna@example.com',
});
