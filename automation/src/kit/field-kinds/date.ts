import { isDay } from '../values/time.ts';
import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const date = defineFieldKind({
  compared: 'moment',
  asked: ['same', 'size', 'clock'],
  // Of a moment in words its day; what a moment with an offset is here, nobody could see in the text.
  coerce(value) {
    const [, day] = /^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2})?)?$/.exec(shownAs(value).trim()) ?? [];
    return day !== undefined && isDay(day) ? day : undefined;
  },
  keeps: isDay,
  expected: 'a date like 2026-01-31',
});
