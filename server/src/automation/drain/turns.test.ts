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

/** Goes when it is told to, a millisecond at a time, and lets happen what each brings. */
function handClock() {
  let at = 0;
  const asleep = new Set<{ until: number; wake: () => void }>();
  return {
    now: () => at,
    sleep: (ms: number) => new Promise<void>((wake) => void asleep.add({ until: at + ms, wake })),
    async go(ms: number) {
      await new Promise(setImmediate);
      for (let passed = 0; passed < ms; passed += 1) {
        at += 1;
        for (const one of [...asleep].filter(({ until }) => until <= at)) {
          asleep.delete(one);
          one.wake();
        }
        await new Promise(setImmediate);
      }
    },
  };
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
  const clock = handClock();
  const turns = createTurns(clock);
  const order: string[] = [];
  turns.note(SMALL);
  const served = Promise.withResolvers<void>();
  const serving = turns.serve(SMALL, () => served.promise);
  await turns.share(BIG, async () => {
    order.push('a');
    await clock.go(40);
  });
  const next = turns.share(BIG, async () => order.push('b'));
  await clock.go(39);
  expect(order).toEqual(['a']);
  await clock.go(1);
  await next;
  expect(order).toEqual(['a', 'b']);
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
  const clock = handClock();
  const turns = createTurns(clock);
  turns.note(SMALL);
  const order: string[] = [];
  const ending = Promise.withResolvers<void>();
  const endless = turns.share(BIG, () => ending.promise);
  const next = turns.share(BIG, async () => order.push('next'));
  await clock.go(999);
  expect(order).toEqual([]);
  await clock.go(1);
  await next;
  ending.resolve();
  await endless;
});
