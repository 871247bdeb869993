import { expect, it } from 'vitest';
import { pathText } from '../../kit/settings/problems.ts';
import { makeBoard } from '../../testing.ts';
import { checkBoard } from './check.ts';

const money = { currency: 'PLN', rates: {} };
const part = (field: string, is: string, value?: unknown) =>
  value === undefined ? { field, is } : { field, is, value };
const condition = 'rules[0].settings.condition';
const rule = (settings: object, more: object = {}) => ({
  ...{ do: 'flow/wait', stage: 'WARM', ...more },
  settings: { until: 'condition', deadline: '2 days', ...settings },
});
const found = (...rules: readonly object[]) =>
  checkBoard(makeBoard({ rules }), { money }).map(({ severity, code, path }) => [severity, code, pathText(path)]);
const waits = (when: unknown, more: object = {}) => found(rule({ condition: when }, more));

it.each<[string, unknown, string, string, string]>([
  [
    'parts that exclude each other',
    { all: [part('seats', 'greater', 5), part('seats', 'less', 3)] },
    ...(['warning', 'never-true', '.all[1]'] as const),
  ],
  ['another type', part('type', 'equals', 'lead'), 'warning', 'never-true-here', ''],
  ['another stage', part('stage', 'equals', 'WON'), 'warning', 'never-while-waiting', ''],
  ['any stage but its own', { not: part('item.stage', 'equals', 'WARM') }, 'warning', 'never-while-waiting', '.not'],
  ['a change', part('title', 'changed'), 'warning', 'changed-in-wait', ''],
  [
    'a change among other things',
    { any: [part('seats', 'is filled'), { not: part('title', 'changed', { to: 'a' }) }] },
    ...(['warning', 'changed-in-wait', '.any[1].not'] as const),
  ],
  ['an amount without a rate', part('amount', 'greater', '5 USD'), 'warning', 'no-rate', ''],
  ['nothing', { all: [] }, 'error', 'required', ''],
  ['nothing in groups', { all: [{ not: { all: [] } }] }, 'error', 'required', ''],
])('5.9 a rule that waits for %s is told where the condition is set', (_, when, severity, code, path) => {
  expect(waits(when)).toEqual([[severity, code, `${condition}${path}`]]);
});

it.each<[string, unknown, object?]>([
  ['what can be', { all: [part('seats', 'greater', 3), part('seats', 'less', 5)] }],
  ['its own stage', part('stage', 'equals', 'warm')],
  ['another stage or something else', { any: [part('stage', 'equals', 'WON'), part('title', 'is filled')] }],
  ['another stage, kept when the item leaves', part('stage', 'equals', 'WON'), { onLeave: 'keep' }],
  ['another stage, where it may be late', part('stage', 'equals', 'WON'), { time: { after: '1 day' } }],
  ['an amount in the own currency', part('amount', 'greater', '5 PLN')],
  ['something, and a group of nothing', { all: [part('title', 'is filled'), { all: [] }] }],
])('and waits for %s in peace', (_, when, more) => expect(waits(when, more)).toEqual([]));

it('asks nothing of what is not waited for', () => {
  const never = { all: [part('seats', 'greater', 5), part('seats', 'less', 3), part('title', 'changed')] };
  const time = { after: '1 day' };
  expect(found(rule({ until: 'moment', condition: never }, { time }))).toEqual([]);
  expect(waits(never, { enabled: false })).toEqual([]);
});

it('tells of the condition that lets it begin and of the one it waits for', () => {
  const stage = part('stage', 'equals', 'NEW');
  expect(waits(stage, { when: stage })).toEqual([
    ['warning', 'never-on-its-stage', 'rules[0].when'],
    ['warning', 'never-while-waiting', condition],
  ]);
});
