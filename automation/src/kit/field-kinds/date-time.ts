import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const dateTime = defineFieldKind({
  compared: 'moment',
  asked: ['same', 'size', 'clock'],
  coerce(value) {
    const text = shownAs(value);
    return /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/.test(text) ? text.replace(' ', 'T') : undefined;
  },
  expected: 'a date and time like 2026-01-31T09:00:00Z',
});
