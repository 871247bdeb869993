import { isKnownCurrency } from '../values/currencies.ts';
import { isMoney } from '../values/values.ts';
import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

const amountText = /^-?\d{1,15}(\.\d{1,6})?$/;

/** A code of ISO 4217 as it is written: what every screen can show. */
export const isCurrency = (value: unknown): boolean =>
  typeof value === 'string' && value === value.toUpperCase() && isKnownCurrency(value);

export const money = defineFieldKind({
  compared: 'money',
  asked: ['same', 'size'],
  coerce(value, { currency }) {
    if (isMoney(value)) return { ...value, currency: value.currency.toUpperCase() };
    const [amount = '', named = currency, ...more] = shownAs(value).replaceAll('\u00a0', ' ').trim().split(/\s+/);
    const given = { amount: amount.replace(/^\+/, ''), currency: named.toUpperCase() };
    return more.length === 0 && keeps(given) ? given : undefined;
  },
  keeps,
  expected: 'an amount like 1000, or {amount, currency}',
});

function keeps(value: unknown): boolean {
  return isMoney(value) && amountText.test(value.amount) && isCurrency(value.currency);
}
