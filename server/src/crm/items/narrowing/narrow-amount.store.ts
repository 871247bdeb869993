import type { ConditionPart } from '@signalbox/automation/kit/conditions/condition.ts';
import { parseDecimal } from '@signalbox/automation/kit/values/decimal.ts';
import { isMoney } from '@signalbox/automation/kit/values/values.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Reference } from '../../facts/workspace-facts.ts';
import { oftenTrue } from './find-few.store.ts';
import { boundsOf } from './narrow-bounds.ts';
import type { Narrowing, NarrowScope } from './narrowing.ts';

type Workspace = Reference['workspace'];

/**
 * Currency by currency, as amounts are compared: in one currency, else both at the workspace's rates; a plain number is in each item's own
 * (semantics.md 6).
 */
export function narrowAmount(part: ConditionPart, { reference: { workspace } }: NarrowScope): Narrowing | undefined {
  const bounds = boundsOf(part);
  if (bounds === undefined) return undefined;
  const least = bounds.least === undefined ? null : readBound(bounds.least);
  const most = bounds.most === undefined ? null : readBound(bounds.most);
  if (least === undefined || most === undefined) return undefined;
  const named = [least, most].flatMap((bound) => bound?.currency ?? []);
  const currencies = [...new Set([workspace.currency.toUpperCase(), ...Object.keys(workspace.rates), ...named])];
  const limits: Limits = { least, most, workspace };
  const cents = centsOf(currencies, limits);
  const exactly = oftenTrue(named.length === 0 ? ofAmount(null, limits) : anyOfCurrencies(currencies, limits));
  return cents === undefined ? { where: exactly } : { where: sql`(${cents} and ${exactly})`, few: { keys: cents } };
}

interface Bound {
  readonly amount: string;
  /** Null: a plain number. */
  readonly currency: string | null;
}

interface Limits {
  readonly least: Bound | null;
  readonly most: Bound | null;
  readonly workspace: Workspace;
}

/** `{ amount, currency }`, `1000` or `"1000 EUR"`. */
function readBound(value: unknown): Bound | undefined {
  const [amount = '', currency] = isMoney(value) ? [value.amount, value.currency] : String(value).trim().split(/\s+/);
  if (parseDecimal(amount) === undefined) return undefined;
  return { amount: amount.trim(), currency: currency?.toUpperCase() ?? null };
}

function rateOf(currency: string, { currency: own, rates }: Workspace): string | undefined {
  const rate = currency === own.toUpperCase() ? '1' : rates[currency];
  return rate === undefined || parseDecimal(rate) === undefined ? undefined : rate.trim();
}

function anyOfCurrencies(currencies: readonly string[], limits: Limits): RawBuilder<unknown> {
  const own = limits.workspace.currency.toUpperCase();
  const each = currencies.map((currency) => {
    const isIn =
      currency === own
        ? sql`(i.currency is null or upper(i.currency) = ${currency})`
        : sql`upper(i.currency) = ${currency}`;
    return sql`(${isIn} and ${ofAmount(currency, limits)})`;
  });
  return sql`(${sql.join(each, sql` or `)})`;
}

/** Null: whatever the currency. */
function ofAmount(currency: string | null, { least, most, workspace }: Limits): RawBuilder<unknown> {
  const parts = [
    sql`i.amount is not null`,
    ...(least === null ? [] : [compare(currency, least, workspace, sql`>=`)]),
    ...(most === null ? [] : [compare(currency, most, workspace, sql`<=`)]),
  ];
  return sql`(${sql.join(parts, sql` and `)})`;
}

function compare(currency: string | null, bound: Bound, workspace: Workspace, sign: RawBuilder<unknown>) {
  if (bound.currency === null || bound.currency === currency) return sql`i.amount ${sign} ${bound.amount}::numeric`;
  const [rate, boundRate] = [currency ?? '', bound.currency].map((one) => rateOf(one, workspace));
  if (rate === undefined || boundRate === undefined) return sql`false`;
  return sql`i.amount * ${rate}::numeric ${sign} ${bound.amount}::numeric * ${boundRate}::numeric`;
}

const MOST_CENTS = 9e18;

/** What an amount in any of the currencies lies between, somewhat widened. */
function centsOf(currencies: readonly string[], { least, most, workspace }: Limits): RawBuilder<unknown> | undefined {
  const low = currencies.flatMap((currency) => (least === null ? [-Infinity] : inCurrency(least, currency, workspace)));
  const high = currencies.flatMap((currency) => (most === null ? [Infinity] : inCurrency(most, currency, workspace)));
  const [from, to] = [widen(Math.min(...low), -1), widen(Math.max(...high), 1)];
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  return sql`k.amount >= ${from.toFixed(0)}::bigint and k.amount <= ${to.toFixed(0)}::bigint`;
}

function inCurrency(bound: Bound, currency: string, workspace: Workspace): number[] {
  if (bound.currency === null || bound.currency === currency) return [Number(bound.amount)];
  const [rate, boundRate] = [rateOf(currency, workspace), rateOf(bound.currency, workspace)];
  if (rate === undefined || boundRate === undefined) return [];
  return [Number(rate) > 0 ? (Number(bound.amount) * Number(boundRate)) / Number(rate) : Number.NaN];
}

function widen(amount: number, sign: 1 | -1): number {
  const cents = amount * 100;
  const wide = cents + sign * (Math.abs(cents) * 1e-9 + 1);
  return Math.max(-MOST_CENTS, Math.min(MOST_CENTS, Math.trunc(wide)));
}
