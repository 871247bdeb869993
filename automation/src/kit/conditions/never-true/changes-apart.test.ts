import { expect, it } from 'vitest';
import { fields, makeItem, makeSignal, workspace } from '../../../testing.ts';
import type { ConditionPart } from '../condition.ts';
import { evaluateCondition } from '../conditions.ts';
import { findContradiction } from './find-contradiction.ts';

const sides = [undefined, null, 'a', [null], ['a'], [null, 'a'], ['a', 'b'], ['b', ' '], ['c', 'b', null], []];
const values = [null, '', 'a', 'b', 'c'];
const changed = (from: unknown, to: unknown): ConditionPart => ({
  ...{ field: 'title', is: 'changed' },
  value: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
});
const each = <A, B>(first: readonly A[], second: readonly B[]) =>
  first.flatMap((one) => second.map((other) => [one, other] as const));

const changes = each(values, values);
const item = makeItem();
/** Of every change there can be, whether it is so. */
const truths = (part: ConditionPart) =>
  changes.map(([from, to]) => {
    const signal = makeSignal('item.changed', { changes: [{ field: 'title', from, to }] });
    return evaluateCondition(part, { item, workspace, at: 0, signal }).holds;
  });

const demands = each(sides, sides).map(([from, to]) => {
  const part = changed(from, to);
  return { part, true: truths(part) };
});
const told = (all: Parameters<typeof findContradiction>[0][]) =>
  findContradiction({ all }, { fields }, { pairs: 1 }) !== null;

it('two changes exclude each other exactly when no change is as both want it', () => {
  for (const [a, b] of each(demands, demands)) {
    // One that is never so by itself needs no other.
    if (!a.true.includes(true) || !b.true.includes(true)) continue;
    const isEver = a.true.some((holds, index) => holds && b.true[index] === true);
    expect([a.part.value, b.part.value, told([a.part, b.part])]).toEqual([a.part.value, b.part.value, !isEver]);
  }
});

it('a change and none such exclude each other only when no change is so', () => {
  for (const [a, b] of each(demands, demands)) {
    const isEver = a.true.some((holds, index) => holds && b.true[index] === false);
    if (told([a.part, { not: b.part }]))
      expect([a.part.value, b.part.value, isEver]).toEqual([a.part.value, b.part.value, false]);
  }
});
