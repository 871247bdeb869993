import { describe, expect, it } from 'vitest';
import { makeItem, workspace } from '../../testing.ts';
import type { Condition } from './condition.ts';
import { ratesInWords, ratesUsed } from './rates-used.ts';

const used = (condition: Condition, currency: string, rates: Readonly<Record<string, string>> = workspace.rates) => {
  const item = makeItem({ values: { amount: { amount: '100', currency }, title: '100 EUR' } });
  return ratesUsed(condition, { item, workspace: { ...workspace, rates }, at: 0 });
};
const eur = { currency: 'EUR', rate: workspace.rates.EUR, base: workspace.currency };

describe('the rates by which a condition compares are told', () => {
  it.each<[string, Condition, string]>([
    [
      'for an amount in another currency than the one asked',
      { field: 'amount', is: 'at least', value: '430 PLN' },
      'EUR',
    ],
    ['for what is asked in another currency', { field: 'amount', is: 'at least', value: '100 EUR' }, 'PLN'],
    ['for an object of an amount', { field: 'amount', is: 'equals', value: { amount: '1', currency: 'EUR' } }, 'PLN'],
    ['for one of two limits', { field: 'amount', is: 'between', value: ['1 EUR', '9 PLN'] }, 'PLN'],
    [
      'deep inside',
      {
        not: {
          any: [
            { field: 'title', is: 'is filled' },
            { field: 'amount', is: 'less', value: '9 EUR' },
          ],
        },
      },
      'PLN',
    ],
  ])('%s', (_, condition, currency) => {
    expect(used(condition, currency)).toEqual([eur]);
  });

  it('at both rates between two that are not the base', () => {
    const rates = { EUR: '4.3', USD: '4.02' };
    const told = used({ field: 'amount', is: 'less', value: '9 USD' }, 'EUR', rates);
    expect(ratesInWords(told)).toBe('1 EUR = 4.3 PLN, 1 USD = 4.02 PLN');
  });

  it.each<[string, Condition, string]>([
    ['within one currency', { field: 'amount', is: 'at least', value: '100 EUR' }, 'EUR'],
    ['where there is no rate', { field: 'amount', is: 'at least', value: '100 GBP' }, 'PLN'],
    ['of what is no money', { field: 'title', is: 'equals', value: '100 EUR' }, 'EUR'],
    ['without a value', { field: 'amount', is: 'is filled' }, 'EUR'],
  ])('none %s', (_, condition, currency) => {
    expect(used(condition, currency)).toEqual([]);
    expect(used({ field: 'amount', is: 'less', value: '9 EUR' }, 'PLN', {})).toEqual([]);
  });
});

it('words of anything else are none', () => {
  expect([null, 'x', [{ currency: 'USD' }], undefined].map(ratesInWords)).toEqual(['', '', '', '']);
});
