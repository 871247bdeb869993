import { expect, it } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

const asked = { host: 'shop.test', wanted: { id: '$.id', all: '$' } };
const answer = (text: string) => judgeAnswer({ status: 200, location: null, text }, asked);

it('takes from the answer what is wanted', () => {
  expect(answer('{"id": 7, "more": [1, 2]}')).toMatchObject({ outcome: 'sent', answer: { results: { id: 7 } } });
});

it.each([
  ['maps without end', `[${'{},'.repeat(349_000)}{}]`],
  ['lists in lists', '['.repeat(520_000) + ']'.repeat(520_000)],
  ['numbers without end', `[${'1,'.repeat(520_000)}1]`],
  ['keys without end', `{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":1`).join()}}`],
  ['blanks without end', `{"id":${' '.repeat(1_000_000)}7}`],
])('does not read an answer of %s', (_, text) => {
  expect(answer(text)).toMatchObject({ outcome: 'permanent', reason: { code: 'webhook-not-json' } });
});
