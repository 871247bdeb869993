import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const [BIG, SMALL] = [1, 2];

function watched() {
  const seen = { now: 0, most: 0, order: [] as string[] };
  const piece = (name: string) => async () => {
    seen.order.push(name);
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await sleep(5);
    seen.now -= 1;
    return name;
  };
  return { seen, piece };
}

test('alone the pieces of a backlog are done side by side', async () => {
  const turns = createTurns();
  const { seen, piece } = watched();
  expect(await Promise.all(['a', 'b', 'c'].map((name) => turns.share(BIG, piece(name))))).toEqual(['a', 'b', 'c']);
  expect(seen.most).toBe(3);
});

test('while another workspace is lively they are done one after the other, in the order in which they came', async () => {
  const turns = createTurns();
  const { seen, piece } = watched();
  turns.note(SMALL);
  expect([turns.areOthersLively(BIG), turns.areOthersLively(SMALL)]).toEqual([true, false]);
  expect(await Promise.all(['a', 'b', 'c'].map((name) => turns.share(BIG, piece(name))))).toEqual(['a', 'b', 'c']);
  expect([seen.most, seen.order]).toEqual([1, ['a', 'b', 'c']]);
});

test('after a piece the next waits while another is served, but not for ever', async () => {
  const turns = createTurns();
  const { seen, piece } = watched();
  turns.note(SMALL);
  const served = Promise.withResolvers<void>();
  const serving = turns.serve(SMALL, () => served.promise);
  await turns.share(BIG, piece('a'));
  const next = turns.share(BIG, piece('b'));
  await sleep(0);
  expect(seen.order).toEqual(['a']);
  expect(await next).toBe('b');
  served.resolve();
  await serving;
});

test('a piece that fails says so to its caller, and stops no other', async () => {
  const turns = createTurns();
  turns.note(SMALL);
  const failing = turns.share(BIG, async () => Promise.reject(new Error('broken')));
  const next = turns.share(BIG, async () => 'next');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('next');
});

test('a piece that does not end keeps the next waiting, but not for ever', async () => {
  const turns = createTurns();
  turns.note(SMALL);
  const { seen, piece } = watched();
  const ending = Promise.withResolvers<void>();
  const endless = turns.share(BIG, () => ending.promise);
  const next = turns.share(BIG, piece('next'));
  await sleep(0);
  expect(seen.order).toEqual([]);
  expect(await next).toBe('next');
  ending.resolve();
  await endless;
});
