import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJsonCounter, type JsonLimits } from './count-json.ts';

const roomy: JsonLimits = { values: 1_000, depth: 100, outside: 10_000, escapes: 1_000 };

function count(text: string, limits: Partial<JsonLimits> = {}, cutEvery = 7): string {
  const counter = createJsonCounter({ ...roomy, ...limits });
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; at += cutEvery) counter.add(bytes.subarray(at, at + cutEvery));
    return 'taken';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  }
}

describe('what reading a body would make is counted before it is read', () => {
  it.each([
    ['as many values as may be', '[1,2,3]', { values: 5 }, 'taken'],
    ['a value more', '[1,2,3,4]', { values: 4 }, 'too-many-values'],
    ['empty maps', `[${'{},'.repeat(50)}{}]`, { values: 100 }, 'too-many-values'],
    ['as deep as may be', '[[[]]]', { depth: 3 }, 'taken'],
    ['a level more', '[[[[]]]]', { depth: 3 }, 'too-deep'],
    ['many side by side, none deep', '[[],[],[],[]]', { depth: 2 }, 'taken'],
    ['commas and brackets in a text', JSON.stringify('[{,'.repeat(500)), { values: 3, depth: 1 }, 'taken'],
    ['a quotation mark in a text', JSON.stringify(`"${','.repeat(500)}`), { values: 3 }, 'taken'],
    ['a text that ends in backslashes', `["\\\\","${','.repeat(500)}"]`, { values: 5 }, 'taken'],
    [
      'values behind a text that ends in backslashes',
      `["\\\\\\\\",${'1,'.repeat(50)}1]`,
      { values: 20 },
      'too-many-values',
    ],
    ['blanks', ' '.repeat(100), { outside: 99 }, 'too-many-values'],
    ['a long number', '1'.repeat(100), { outside: 99 }, 'too-many-values'],
    ['escapes', JSON.stringify('\n'.repeat(10)), { escapes: 9 }, 'too-many-values'],
  ])('%s', (_, text, limits, expected) => {
    expect(new Set([1, 2, 3, 5, 1_000].map((cut) => count(text, limits, cut)))).toEqual(new Set([expected]));
  });

  it('takes whatever a program writes of so many values, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 1, max: 50 }), (value, cut) => {
        const text = JSON.stringify(value);
        const values = 2 * countValues(value) + 1;
        expect(count(text, { values, depth: 100, outside: text.length, escapes: text.length }, cut)).toBe('taken');
        expect(count(text, { values: Math.ceil(countValues(value) / 2) - 1 }, cut)).not.toBe('taken');
      }),
    );
  });
});

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + countValues(inner), 1);
}
