import { expect, it } from 'vitest';
import { unitAfter } from './unit-after.ts';

it.each([
  ['pl', 'days', ['dni', 'dzień', 'dni', 'dni']],
  ['pl', 'hours', ['godzin', 'godzina', 'godziny', 'godzin']],
  ['pl', 'weeks', ['tygodni', 'tydzień', 'tygodnie', 'tygodni']],
  ['en', 'months', ['months', 'month', 'months', 'months']],
  ['es', 'minutes', ['minutos', 'minuto', 'minutos', 'minutos']],
  ['pt', 'seconds', ['segundo', 'segundo', 'segundos', 'segundos']],
  ['it', 'years', ['anni', 'anno', 'anni', 'anni']],
])('in %s %s are called as their number asks', (language, units, names) => {
  expect([0, 1, 2, 5].map((count) => unitAfter(count, units, language))).toEqual(names);
});
