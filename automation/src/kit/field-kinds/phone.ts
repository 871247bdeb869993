import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const phone = defineFieldKind({
  asked: ['same', 'words'],
  freeText: 'digits',
  coerce: (value) => shownAs(value).trim(),
  keeps: (value) => typeof value === 'string' && value.length <= 100 && /\d{3}/.test(value.replace(/\D/g, '')),
  expected: 'a phone number like +48 600 100 200',
});
