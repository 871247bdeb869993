import { expect, it } from 'vitest';
import { fields, makeItem, workspace } from '../../../testing.ts';
import { toldDate } from '../compare.ts';
import type { ConditionPart } from '../condition.ts';
import { compileCondition } from '../conditions.ts';
import { findContradiction } from './find-contradiction.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const visit = (is: ConditionPart['is'], value: unknown): ConditionPart => ({ field: 'visitAt', is, value });
const told = (all: readonly ConditionPart[]) => findContradiction({ all }, { fields }, { pairs: 1 }) !== null;
const spans = [
  ['1 second', 1_000],
  ['60 minutes', HOUR_MS],
  ['23 hours', 23 * HOUR_MS],
  ['24 hours', DAY_MS],
  ['25 hours', 25 * HOUR_MS],
  ['1 day', DAY_MS],
] as const;
const ways = [
  ['within last', -1],
  ['within next', 1],
] as const;
const shifts = [-3, -2, -1, 0, 1, 2, 3];
/** From a day before a change of the clocks, at half past each hour. */
const moments = Array.from({ length: 54 }, (_, index) => (index - 27.5) * HOUR_MS);

it.each([
  ['Europe/Warsaw', '2026-03-29T01:00:00Z'],
  ['Europe/Warsaw', '2026-10-25T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00:00Z'],
  ['Africa/Cairo', '2026-10-29T21:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
])('what is told of the hours that are near is never true in %s about %s', (timeZone, change) => {
  const wrong: string[] = [];
  for (const [span, ms] of spans)
    for (const [is, sign] of ways)
      for (const days of shifts) {
        const day = `today ${days < 0 ? '-' : '+'} ${Math.abs(days)} days`;
        const all = [visit(is, span), visit('equals', day)];
        // A day of the calendar over the one that Apia left out is two.
        if (!told(all) || (timeZone === 'Pacific/Apia' && span === '1 day')) continue;
        const compiled = compileCondition({ all });
        for (const at of moments.map((near) => Date.parse(change) + near)) {
          if (daysBetween(toldDate('today', at, timeZone), toldDate(day, at, timeZone)) !== days) continue;
          for (const part of [0, 0.5, 1]) {
            const item = makeItem({ values: { visitAt: new Date(at + part * sign * ms).toISOString() } });
            const { holds } = compiled({ item, workspace: { ...workspace, timeZone }, at });
            if (holds) wrong.push(`${is} ${span}, ${day}, at ${new Date(at).toISOString()}`);
          }
        }
      }
  expect(wrong).toEqual([]);
});

function daysBetween(from: unknown, to: unknown): number {
  return (Date.parse(String(to)) - Date.parse(String(from))) / DAY_MS;
}

it.each([
  ['within next', '24 hours', 'today + 3 days', true],
  ['within next', '24 hours', 'today + 2 days', false],
  ['within next', '24 hours', 'yesterday', true],
  ['within last', '1 hour', 'tomorrow', true],
  ['within last', '1440 minutes', 'today - 2 days', false],
  ['within next', '0 hours', 'tomorrow', true],
  ['within next', '1 day', 'today + 2 days', true],
  ['within next', '1 day', 'tomorrow', false],
] as const)('%s %s, and the day is %s: excluded %s', (is, span, day, isTold) => {
  expect(told([visit(is, span), visit('equals', day)])).toBe(isTold);
});
