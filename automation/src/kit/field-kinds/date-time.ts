import { instantOf, isDay } from '../values/time.ts';
import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const dateTime = defineFieldKind({
  compared: 'moment',
  asked: ['same', 'size', 'clock'],
  // Kept in UTC, so that equal moments are equal texts.
  coerce(value, { timeZone }) {
    const text = shownAs(value).trim();
    if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/.test(text) || !isDay(text.slice(0, 10))) return undefined;
    const instant = instantOf(text, timeZone);
    return instant === undefined ? undefined : new Date(instant).toISOString();
  },
  keeps: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    isDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value)),
  expected: 'a date and time like 2026-01-31T09:00:00Z',
});
