import type { Condition } from '../../kit/conditions/condition.ts';
import { partsOf } from '../../kit/conditions/conditions.ts';
import { isMoney } from '../../kit/values/values.ts';
import type { Board } from '../board.ts';
import { askedConditions } from './asked-conditions.ts';
import type { Known } from './check-known.ts';
import type { Finding } from './finding.ts';

/** Amounts in a currency without a rate: against another currency they can't be told (semantics.md 6). */
export function missingRates(board: Board, { money }: Known): readonly Finding[] {
  if (money === undefined) return [];
  const known = new Set([money.currency, ...Object.keys(money.rates)].map((code) => code.toUpperCase()));
  return askedConditions(board).flatMap(({ placed: { id, name }, when, path }) =>
    currenciesOf(when)
      .filter((currency) => !known.has(currency))
      .map(
        (currency): Finding => ({
          ...{ severity: 'warning', code: 'no-rate', path, ids: [id] },
          message: `"${name}" compares with ${currency}, which has no exchange rate: against another currency that can't be told`,
          params: { currency },
        }),
      ),
  );
}

function currenciesOf(when: Condition): string[] {
  const values = partsOf(when).flatMap(({ value }): unknown[] => [value].flat());
  return [...new Set(values.flatMap(currencyOf))];
}

function currencyOf(value: unknown): string[] {
  if (isMoney(value)) return [value.currency.toUpperCase()];
  const [, currency] = /^\s*-?\d+(?:\.\d+)?\s+([a-z]{3})\s*$/i.exec(String(value)) ?? [];
  return currency === undefined ? [] : [currency.toUpperCase()];
}
