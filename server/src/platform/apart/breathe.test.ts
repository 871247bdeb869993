import { expect, it } from 'vitest';
import { createBreather, eachInTurn, inPieces, ownTurn } from './breathe.ts';

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

it('makes something of each of a list, in its order, with turns of others in between', async () => {
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);
  const made = await eachInTurn([1, 2, 3, 4, 5], (one, index) => {
    work(25);
    return `${one}.${index}`;
  });
  clearInterval(others);
  expect(made).toEqual(['1.0', '2.1', '3.2', '4.3', '5.4']);
  expect(turns).toBeGreaterThanOrEqual(3);
});

it('lets one of those who wait go on in each turn', async () => {
  let [turn, watching] = [0, true];
  const count = () => {
    turn += 1;
    if (watching) setImmediate(count);
  };
  setImmediate(count);
  const seen = await Promise.all([1, 2, 3, 4].map(() => ownTurn().then(() => turn)));
  watching = false;
  expect(new Set(seen).size).toBe(4);
});
