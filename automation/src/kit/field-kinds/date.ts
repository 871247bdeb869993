import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const date = defineFieldKind({
  compared: 'moment',
  asked: ['same', 'size', 'clock'],
  coerce: (value) => /^\d{4}-\d{2}-\d{2}/.exec(shownAs(value))?.[0],
  expected: 'a date like 2026-01-31',
});
