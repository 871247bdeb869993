import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLong, jsonInTurns } from './json-in-turns.ts';

const written = async (value: unknown) => (await buffer(jsonInTurns(value))).toString();

test('plain data is written as JSON.stringify does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      expect(await written(value)).toBe(JSON.stringify(value));
    }),
  );
});

test.each([
  ['what is not there', { a: undefined, b: [undefined, null], c: {} }],
  ['moments', { at: new Date(0), all: [new Date(1)] }],
  ['a list of nothing', []],
])('%s as well', async (_, value) => {
  expect(await written(value)).toBe(JSON.stringify(value));
});

test('megabytes of texts come in pieces, whatever letter a piece begins with, and mean the same', async () => {
  const value = { data: ['😀'.repeat(300_001), `x${'"\\\n'.repeat(200_000)}`, 'ż'.repeat(700_000)], more: true };
  const pieces = [];
  for await (const piece of jsonInTurns(value)) pieces.push(piece);
  expect(JSON.parse(Buffer.concat(pieces).toString())).toEqual(value);
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2_000_000);
});

test.each([
  ['few values', { a: [1, 2, { b: 'c' }] }, false],
  ['nothing', null, false],
  ['bytes, however many', Buffer.alloc(1_000_000), false],
  ['many texts', Array.from({ length: 300 }, () => 'x'.repeat(1_000)), true],
  ['one long text', { data: [{ html: 'x'.repeat(300_000) }] }, true],
  ['many values', Array.from({ length: 2_000 }, (_, id) => ({ id, open: true })), true],
])('%s: whether they are written in pieces', (_, value, expected) => {
  expect(isLong(value)).toBe(expected);
});

test('thousands of small rows are written as JSON.stringify does', async () => {
  const rows = {
    data: Array.from({ length: 9_000 }, (_, id) => ({ id, title: `Deal ${id}`, none: undefined, at: null })),
  };
  expect(await written(rows)).toBe(JSON.stringify(rows));
});
