import { expect, it } from 'vitest';
import type { Card } from './cards.ts';
import { newCard } from './cards.ts';
import { carried } from './carry.ts';

const at = (uid: string, stage: string): Card => newCard({ lane: 'trigger', key: 'email/opened', stage, uid });
const [a, b, c, x] = [at('a', 'NEW'), at('b', 'NEW'), at('c', 'NEW'), at('x', 'WARM')];
const board = { cards: [a, b, c, x], stages: ['NEW', 'WARM'] };

it.each([
  ['ArrowUp', b, { stage: 'NEW', before: 'a' }],
  ['ArrowDown', b, { stage: 'NEW', before: null }],
  ['ArrowDown', a, { stage: 'NEW', before: 'c' }],
  ['ArrowUp', a, null],
  ['ArrowDown', c, null],
  ['ArrowRight', a, { stage: 'WARM', before: 'x' }],
  ['ArrowRight', b, { stage: 'WARM', before: null }],
  ['ArrowLeft', a, null],
  ['ArrowRight', x, null],
  ['Tab', a, null],
])('%s carries a card to its place', (key, card, place) => {
  expect(carried(key, card, board)).toEqual(place);
});
