import { expect, it } from 'vitest';
import { createBreather, inPieces } from './breathe.ts';

const work = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end; );
};

it('lets others have a turn between pieces once they have taken long, and not before', async () => {
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);
  const seldom = createBreather({ everyMs: 60_000 });
  for (let piece = 0; piece < 5; piece += 1) {
    work(1);
    await seldom();
  }
  expect(turns).toBe(0);
  const breathe = createBreather({ everyMs: 10 });
  for (let piece = 0; piece < 10; piece += 1) {
    work(6);
    await breathe();
  }
  clearInterval(others);
  expect(turns).toBeGreaterThanOrEqual(4);
});

it('does work that is given in pieces, and answers what it made', async () => {
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);
  const pieces = function* () {
    for (let piece = 0; piece < 5; piece += 1) {
      work(25);
      yield;
    }
    return 'done';
  };
  expect(await inPieces(pieces())).toBe('done');
  clearInterval(others);
  expect(turns).toBeGreaterThanOrEqual(3);
});
