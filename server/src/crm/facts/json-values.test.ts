import { expect, test } from 'vitest';
import { jsonValues } from './json-values.ts';
import { readValues } from './read-values.ts';

test('carries texts, numbers, money and lists as they are', () => {
  const values = {
    ...{ source: 'fair', count: 3, isUrgent: false, nothing: null },
    ...{ budget: { amount: '12.50', currency: 'EUR' }, colors: ['red', 'blue'], empty: [] },
  };
  expect(jsonValues(values)).toEqual(values);
});

test('carries nothing that is no value of a field', () => {
  const stored = { source: 'fair', odd: { street: 'Main' }, list: ['red', { deep: 1 }] };
  expect(jsonValues(readValues(stored))).toEqual({ source: 'fair' });
});
