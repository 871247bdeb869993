import { partsOf } from '../../kit/conditions/conditions.ts';
import { isMoney } from '../../kit/values/values.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import type { Known } from './check-known.ts';
import type { Finding } from './finding.ts';

/** Amounts in a currency without a rate: against another currency they can't be told (semantics.md 6). */
export function missingRates(board: Board, { money }: Known): readonly Finding[] {
  if (money === undefined) return [];
  const known = new Set([money.currency, ...Object.keys(money.rates)].map((code) => code.toUpperCase()));
  const find = (list: 'triggers' | 'rules') => (placed: BoundTrigger | BoundRule) =>
    currenciesOf(placed)
      .filter((currency) => !known.has(currency))
      .map(
        (currency): Finding => ({
          ...{ severity: 'warning', code: 'no-rate', path: [list, placed.position, 'when'], ids: [placed.id] },
          message: `"${placed.name}" compares with ${currency}, which has no exchange rate: against another currency that can't be told`,
          params: { currency },
        }),
      );
  return [...board.triggers.flatMap(find('triggers')), ...board.rules.flatMap(find('rules'))];
}

function currenciesOf({ when }: BoundTrigger | BoundRule): string[] {
  const values = when === null ? [] : partsOf(when).flatMap(({ value }): unknown[] => [value].flat());
  return [...new Set(values.flatMap(currencyOf))];
}

function currencyOf(value: unknown): string[] {
  if (isMoney(value)) return [value.currency.toUpperCase()];
  const [, currency] = /^\s*-?\d+(?:\.\d+)?\s+([a-z]{3})\s*$/i.exec(String(value)) ?? [];
  return currency === undefined ? [] : [currency.toUpperCase()];
}
