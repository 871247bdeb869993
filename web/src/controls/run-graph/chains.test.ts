import { expect, it } from 'vitest';
import { chainsOf } from './chains.ts';

const rule = (id: string, previous: string | null = null, uses: readonly string[] = []) => ({
  rule: id,
  previous,
  uses,
});
const shape = (...all: ReturnType<typeof rule>[]) => chainsOf(all).map((chain) => chain.map(({ rule: id }) => id));

it('draws what comes after another below it, and what does not beside', () => {
  expect(shape(rule('a'), rule('b', 'a'), rule('c', 'b'), rule('d'), rule('e', 'd'))).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
  expect(shape(rule('a'), rule('b'))).toEqual([['a'], ['b']]);
  expect(shape()).toEqual([]);
});

it('begins anew where the one before is not shown', () => {
  expect(shape(rule('b', 'a'), rule('c', 'b'))).toEqual([['b', 'c']]);
});

it('draws what uses the result of a chain’s last rule below it, and else beside', () => {
  expect(shape(rule('a'), rule('b', null, ['a']), rule('c', null, ['a']), rule('d', 'c', ['a']))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});
