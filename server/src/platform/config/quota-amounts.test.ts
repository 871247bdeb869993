import { quotaNames } from '@signalbox/contract/quotas.ts';
import { expect, it } from 'vitest';
import { parseQuotas, usualAmounts } from './quota-amounts.ts';

it.each([
  ['items=100', { items: 100 }],
  ['items=100k, file-bytes=20G', { items: 100_000, 'file-bytes': 20 * 1024 ** 3 }],
  [' waiting-signals = 2M ', { 'waiting-signals': 2e6 }],
  ['items=0', { items: 0 }],
])('reads %s', (text, amounts) => expect(parseQuotas(text)).toEqual(amounts));

it.each(['', 'items', 'items=-1', 'items=1.5', 'items=1m', 'item=1', 'items=1,', 'items=9999999999999T', 'toString=1'])(
  'does not read %j',
  (text) => expect(parseQuotas(text)).toBeUndefined(),
);

it('has an amount of everything', () => expect(Object.keys(usualAmounts).toSorted()).toEqual(quotaNames.toSorted()));
