import { parseDecimal } from '../values/decimal.ts';
import { isMoney } from '../values/values.ts';
import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

export const money = defineFieldKind({
  compared: 'money',
  asked: ['same', 'size'],
  coerce(value, { currency }) {
    if (isMoney(value)) return value;
    const [amount = '', named = currency] = shownAs(value).replaceAll('\u00a0', ' ').trim().split(/\s+/);
    return parseDecimal(amount) === undefined ? undefined : { amount, currency: named };
  },
  expected: 'an amount like 1000, or {amount, currency}',
});
