import type { ConditionPart } from '@signalbox/automation/kit/conditions/condition.ts';
import { parseDecimal } from '@signalbox/automation/kit/values/decimal.ts';
import { isMoney, type Money } from '@signalbox/automation/kit/values/values.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Reference } from '../../facts/workspace-facts.ts';
import { oftenTrue } from './find-few.store.ts';
import { boundsOf } from './narrow-bounds.ts';
import type { Narrowing, NarrowScope } from './narrowing.ts';

type Workspace = Reference['workspace'];

/** Currency by currency, as amounts are compared: in one currency, else both at the workspace's rates (semantics.md 6). */
export function narrowAmount(part: ConditionPart, { reference: { workspace } }: NarrowScope): Narrowing | undefined {
  const bounds = boundsOf(part);
  if (bounds === undefined) return undefined;
  const least = bounds.least === undefined ? null : readMoney(bounds.least, workspace);
  const most = bounds.most === undefined ? null : readMoney(bounds.most, workspace);
  if (least === undefined || most === undefined) return undefined;
  const own = workspace.currency.toUpperCase();
  const named = [least, most].flatMap((money) => money?.currency ?? []);
  const currencies = [...new Set([own, ...Object.keys(workspace.rates), ...named])];
  const limits = currencies.map((currency) => limitIn(currency, { least, most, workspace }));
  const cents = centsOf(currencies, { least, most, workspace });
  const exactly = oftenTrue(sql`(${sql.join(limits, sql` or `)})`);
  return cents === undefined ? { where: exactly } : { where: sql`(${cents} and ${exactly})`, few: { keys: cents } };
}

interface Limits {
  readonly least: Money | null;
  readonly most: Money | null;
  readonly workspace: Workspace;
}

/** `{ amount, currency }`, `1000` or `"1000 EUR"`. */
function readMoney(value: unknown, workspace: Workspace): Money | undefined {
  const [amount = '', currency = workspace.currency] = isMoney(value)
    ? [value.amount, value.currency]
    : String(value).trim().split(/\s+/);
  return parseDecimal(amount) === undefined ? undefined : { amount: amount.trim(), currency: currency.toUpperCase() };
}

function rateOf(currency: string, { currency: own, rates }: Workspace): string | undefined {
  const rate = currency === own.toUpperCase() ? '1' : rates[currency];
  return rate === undefined || parseDecimal(rate) === undefined ? undefined : rate.trim();
}

function limitIn(currency: string, { least, most, workspace }: Limits): RawBuilder<unknown> {
  const isOwn = currency === workspace.currency.toUpperCase();
  const parts = [
    isOwn ? sql`(i.currency is null or upper(i.currency) = ${currency})` : sql`upper(i.currency) = ${currency}`,
    sql`i.amount is not null`,
    ...(least === null ? [] : [compare(currency, least, workspace, sql`>=`)]),
    ...(most === null ? [] : [compare(currency, most, workspace, sql`<=`)]),
  ];
  return sql`(${sql.join(parts, sql` and `)})`;
}

function compare(currency: string, bound: Money, workspace: Workspace, sign: RawBuilder<unknown>) {
  if (bound.currency === currency) return sql`i.amount ${sign} ${bound.amount}::numeric`;
  const [rate, boundRate] = [rateOf(currency, workspace), rateOf(bound.currency, workspace)];
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

function inCurrency(bound: Money, currency: string, workspace: Workspace): number[] {
  if (bound.currency === currency) return [Number(bound.amount)];
  const [rate, boundRate] = [rateOf(currency, workspace), rateOf(bound.currency, workspace)];
  if (rate === undefined || boundRate === undefined) return [];
  return [Number(rate) > 0 ? (Number(bound.amount) * Number(boundRate)) / Number(rate) : Number.NaN];
}

function widen(amount: number, sign: 1 | -1): number {
  const cents = amount * 100;
  const wide = cents + sign * (Math.abs(cents) * 1e-9 + 1);
  return Math.max(-MOST_CENTS, Math.min(MOST_CENTS, Math.trunc(wide)));
}
