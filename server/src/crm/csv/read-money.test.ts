import { describe, expect, it } from 'vitest';
import { processorMsOf } from '../../platform/apart/testing-processor.ts';
import { judgeDecimals, readMoney, readNumber } from './read-money.ts';

it.each([
  ['€ 3.500,00', '3500.00', 'EUR'],
  ['€ 11398,00', '11398.00', 'EUR'],
  ['€ 1.200,-', '1200', 'EUR'],
  ['1.200,--', '1200', undefined],
  ["CHF 1'200.—", '1200', 'CHF'],
  ['-1.200,-', '-1200', undefined],
  ['1 234,5 zł', '1234.5', 'PLN'],
  ['$1,200.50', '1200.50', 'USD'],
  ['US$1,200.50', '1200.50', 'USD'],
  ['$ 100 CAD', '100', 'CAD'],
  ['USD 1,200', '1200', 'USD'],
  ['Rs. 1,00,000', '100000', 'INR'],
  ['Rs.500', '500', 'INR'],
  ['1 200 kr', '1200', 'SEK'],
  ['kr. 1.200,50', '1200.50', 'SEK'],
  ['1 200,50 Kč', '1200.50', 'CZK'],
  ['S/. 12.50', '12.50', 'PEN'],
  ['12.50 lei', '12.50', 'RON'],
  ['R$ 1.000', '1.000', 'BRL'],
  ['(12.00)', '-12.00', undefined],
  ['($12.00)', '-12.00', 'USD'],
  ['$ (1,200.50)', '-1200.50', 'USD'],
  ['US $1,200.50', '1200.50', 'USD'],
  ['COP $ 1.200.000', '1200000', 'COP'],
  ['USD$12', '12', 'USD'],
  ['1.200,50 Euro', '1200.50', 'EUR'],
  ['1 200,50 złotych', '1200.50', 'PLN'],
  ['Rs.1,00,000/-', '100000', 'INR'],
  ['1 200:-', '1200', undefined],
  ['1.200,50 TL', '1200.50', 'TRY'],
  ['-5', '-5', undefined],
  ['−5', '-5', undefined],
  ['5-', '-5', undefined],
  ["1'000", '1000', undefined],
  ['1.000.000', '1000000', undefined],
  ['.5', '0.5', undefined],
  ['£.50', '0.50', 'GBP'],
  ['-$.05', '-0.05', 'USD'],
  ['€ ,5', '0.5', 'EUR'],
  ['1 000 000,5', '1000000.5', undefined],
  ['007', '7', undefined],
  ['0,123', '0.123', undefined],
])('reads the money %s', (text, amount, currency) => {
  expect(readMoney(text)).toEqual({ amount, currency });
});

it.each([
  ['1 200 kr', 'NOK', 'NOK'],
  ['$ 5', 'AUD', 'AUD'],
  ['Rs 5', 'PKR', 'PKR'],
  ['US$ 5', 'AUD', 'USD'],
  ['5 zł', 'EUR', 'PLN'],
])('takes a mark of several currencies for our own where it is one: %s at home in %s', (text, home, currency) => {
  expect(readMoney(text, '.', home)?.currency).toBe(currency);
});

it.each([
  '',
  'n/a',
  '12 apples',
  '12 pcs',
  '€ 5 zł',
  '1,2,3.4,5',
  '1,2,3',
  '1 2 3',
  '600 100 2000',
  '1,0000,000',
  '1.2.3,4,5',
  '1e5',
  '12/3',
  '(12',
  '12)',
  'EUR $5',
  '$1.2k',
  '1,200.00 CR',
  '1234567890123456',
  '5--',
])('takes %j for no money', (text) => {
  expect(readMoney(text)).toBeUndefined();
});

it.each([
  ['12,5%', ',', 12.5],
  ['€ 5', '.', undefined],
  ['1e+21', '.', 1e21],
  ['1,5e-7', '.', 1.5e-7],
  ['9007199254740994', '.', 9_007_199_254_740_994],
  ['123456789012345678', '.', undefined],
  ['1e999', '.', undefined],
] as const)('reads the number %s', (text, decimal, number) => {
  expect(readNumber(text, decimal)).toBe(number);
});

it('is not held up by a cell of a megabyte', () => {
  const work = () => {
    for (const part of [' ', '1 ', '1.', "'"]) readMoney(`1${part.repeat(500_000)}!`);
  };
  expect(processorMsOf(work)).toBeLessThan(10_000);
});

describe('the decimal mark of a column', () => {
  it.each([
    [['€ 3.500,00', '1.000'], ',', '.'],
    [['1.200', '12.500', '3.000'], null, '.'],
    [['1,200', '0,250'], ',', ','],
    [['1.234.567', '1.234'], ',', '.'],
    [['€ 1.200,-', '1.200'], ',', '.'],
    [['251.41', '1.234'], '.', '.'],
    [['1,5', '1.5'], null, null],
    [['1.200', '3,500'], null, null],
    [['100', '2000'], null, null],
  ] as const)('of %j', (values, decimal, doubtful) => {
    expect(judgeDecimals(values)).toMatchObject({ decimal, doubtful });
  });

  it('knows round numbers, and a cell that shows the doubt', () => {
    expect(judgeDecimals(['1.200', '12.500'])).toMatchObject({ isRound: true, sample: '1.200' });
    expect(judgeDecimals(['5', '1.234', '2.375'])).toMatchObject({ isRound: false, sample: '1.234' });
  });

  it('is what a single mark before three digits means', () => {
    expect(readMoney('1.234', ',')).toMatchObject({ amount: '1234' });
    expect(readMoney('1.234', '.')).toMatchObject({ amount: '1.234' });
    expect(readMoney('1,234.5', ',')).toMatchObject({ amount: '1234.5' });
  });
});
