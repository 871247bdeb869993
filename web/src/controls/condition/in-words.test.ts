import { expect, it } from 'vitest';
import { inWords, type Words } from './in-words.ts';
import { treeOf } from './tree.ts';

const words: Words = {
  field: (path) => path,
  value: (_, value) => String(value),
  part: (is, { field, value }) => `${field} ${is} ${value}`,
  group: (join, parts) =>
    `${join === 'none' || join === 'notAll' ? 'not: ' : ''}${parts.join(join === 'all' || join === 'notAll' ? ' and ' : ' or ')}`,
};
const say = (condition: unknown) => inWords(treeOf(condition), words);
const amount = { field: 'amount', is: 'at least', value: 10 };
const source = { field: 'source', is: 'equals', value: 'Web' };

it.each([
  [null, ''],
  [amount, 'amount at least 10'],
  [{ all: [amount, { any: [source, amount] }] }, 'amount at least 10 and (source equals Web or amount at least 10)'],
  [{ all: [{ any: [source] }] }, 'source equals Web'],
  [{ not: { any: [source, amount] } }, 'not: source equals Web or amount at least 10'],
  [{ any: [amount, { not: source }] }, 'amount at least 10 or (not: source equals Web)'],
])('reads %j back', (condition, sentence) => {
  expect(say(condition)).toBe(sentence);
});
