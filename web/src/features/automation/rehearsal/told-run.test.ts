import { expect, it } from 'vitest';
import { awaitedBy, wouldFail } from './told-run.ts';

const run = (rule: string, more: Partial<Parameters<typeof wouldFail>[0]> = {}) => ({
  ...{ rule, key: 'alerts/comment', name: rule, state: 'due' as const, dueAt: null, after: [], settings: {} },
  ...{ previous: null, uses: [], error: null, reason: null },
  ...more,
});
const reason = { code: 'empty-text', params: {} };

it.each([
  ['at once', run('b'), [run('a')], []],
  ['after the one before', run('b', { after: ['a'] }), [run('a')], ['a']],
  ['after all whose results it uses', run('c', { after: ['a', 'b'] }), [run('a'), run('b')], ['a', 'b']],
  ['after one that waits itself', run('b', { after: ['a'] }), [run('a', { state: 'waiting' })], ['a']],
  ['at its own moment', run('b', { state: 'waiting', dueAt: '2026-12-03T10:00:00Z', after: ['a'] }), [run('a')], []],
  ['at once where the one before is left out', run('b', { after: ['a'] }), [run('a', { state: 'skipped' })], []],
  ['never', run('b', { state: 'cancelled', after: ['a'] }), [run('a')], []],
])('a rule is told to run %s', (_, rule, others, awaited) => {
  expect(awaitedBy(rule, [...others, rule])).toEqual(awaited);
});

it.each([
  ['fails', run('a', { reason }), true],
  ['fails when it waits first', run('a', { state: 'waiting', error: 'no text' }), true],
  ['does not', run('a'), false],
  ['is left out', run('a', { state: 'skipped', reason }), false],
])('a rule that %s has the sign or not', (_, rule, fails) => {
  expect(wouldFail(rule)).toBe(fails);
});
