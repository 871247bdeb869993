import { describe, expect, it } from 'vitest';
import { stepAdded, stepChanged, stepMoved, stepRemoved } from './checklists.ts';

const steps = ['a', 'b', 'c'].map((text) => ({ text, done: false }));
const said = (list: readonly { text: string; done: boolean }[]) =>
  list.map(({ text, done }) => text + (done ? '+' : '')).join(' ');
const b = { text: 'b', done: false, place: 1 };

describe('a checklist', () => {
  it.each([
    ['added to', stepAdded('d'), 'a b c d'],
    ['ticked', stepChanged(b, { done: true }), 'a b+ c'],
    ['renamed', stepChanged(b, { text: 'B' }), 'a B c'],
    ['shortened', stepRemoved(b), 'a c'],
    ['in another order, up', stepMoved(b, 0), 'b a c'],
    ['in another order, down', stepMoved(b, 2), 'a c b'],
    ['in another order, beyond its beginning', stepMoved(b, -1), 'b a c'],
  ])('is %s', (_, change, after) => {
    expect(said(change(steps))).toBe(after);
  });

  it.each([
    ['ticked', stepChanged(b, { done: true }), 'new a b+ c'],
    ['shortened', stepRemoved(b), 'new a c'],
  ])('is %s where the step stands after somebody else has changed the list', (_, change, after) => {
    expect(said(change([{ text: 'new', done: false }, ...steps]))).toBe(after);
  });

  it.each([stepChanged(b, { done: true }), stepRemoved(b), stepMoved(b, 0)])(
    'stays as somebody else left it when the step is gone (%#)',
    (change) => {
      expect(said(change(steps.filter(({ text }) => text !== 'b')))).toBe('a c');
    },
  );
});
