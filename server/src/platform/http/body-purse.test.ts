import { expect, it } from 'vitest';
import { createPurse, type Holder } from './body-purse.ts';

const limits = { all: 100, person: 60, strangers: 30, address: 20 };
const anna: Holder = { person: '1 1' };
const ben: Holder = { person: '1 2' };
const at = (address: string): Holder => ({ address });

function statusOf(work: () => void): number {
  try {
    work();
    return 200;
  } catch (error) {
    return error instanceof Error && 'status' in error ? Number(error.status) : 0;
  }
}

it('holds so much of one person, over all their requests, and of all together', () => {
  const purse = createPurse(limits);
  purse.open(anna).take(50);
  expect(statusOf(() => purse.open(anna).take(11))).toBe(429);
  expect(statusOf(() => purse.open(ben).take(51))).toBe(503);
  expect(statusOf(() => purse.open(ben).take(50))).toBe(200);
});

it('gives back what a request held, once', () => {
  const purse = createPurse(limits);
  const share = purse.open(anna);
  share.take(60);
  share.close();
  share.close();
  expect(statusOf(() => purse.open(anna).take(60))).toBe(200);
  expect(statusOf(() => purse.open(anna).take(1))).toBe(429);
});

it('takes nothing of what does not fit', () => {
  const purse = createPurse(limits);
  const share = purse.open(anna);
  expect(statusOf(() => share.take(61))).toBe(429);
  expect(statusOf(() => share.take(60))).toBe(200);
});

it('leaves room for the known, however many strangers send', () => {
  const purse = createPurse(limits);
  purse.open(at('1.1.1.1')).take(20);
  expect(statusOf(() => purse.open(at('1.1.1.1')).take(1))).toBe(429);
  expect(statusOf(() => purse.open(at('2.2.2.2')).take(11))).toBe(503);
  expect(statusOf(() => purse.open(anna).take(60))).toBe(200);
});
