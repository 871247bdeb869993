import { isMoney, type Money } from '../values/values.ts';
import { moneyOf } from './compare.ts';
import { listOf } from './condition-tests.ts';
import { type Condition, type ConditionFacts, partsOf } from './conditions.ts';
import { pathReader } from './paths.ts';

/** By what an amount was converted: one unit of the currency in the base currency, an exact decimal. */
export interface UsedRate {
  readonly currency: string;
  readonly rate: string;
  readonly base: string;
}

/** The rates by which the condition compares amounts of different currencies (semantics.md 6); usually none. */
export function ratesUsed(condition: Condition, facts: ConditionFacts): readonly UsedRate[] {
  const { currency: own, rates } = facts.workspace;
  if (Object.keys(rates).length === 0) return [];
  const base = own.toUpperCase();
  const currencies = partsOf(condition).flatMap((part) => converted(pathReader(part.field)(facts), part.value, facts));
  return [...new Set(currencies)].flatMap((currency) => {
    const rate = currency === base ? undefined : rates[currency];
    return rate === undefined ? [] : [{ currency, rate, base }];
  });
}

type Found = ReturnType<ReturnType<typeof pathReader>>;

function converted({ kind, value }: Found, wanted: unknown, { item, workspace }: ConditionFacts): string[] {
  const values = amounts(value);
  if (kind !== 'money' && !values.some(isMoney)) return [];
  const { currency } = item.values;
  const got = read(values, typeof currency === 'string' ? currency : workspace.currency);
  // A plain number is in the money's own currency.
  return got.flatMap((one) => read(listOf(wanted), one).flatMap((other) => (one === other ? [] : [one, other])));
}

const amounts = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function read(values: readonly unknown[], currency: string): string[] {
  return values.flatMap((value) => {
    const money: Money | undefined = value === null || value === undefined ? undefined : moneyOf(value, currency);
    return money === undefined ? [] : [money.currency];
  });
}

/** `1 USD = 4.02 PLN`, as a verdict keeps it; empty when nothing was converted. */
export function ratesInWords(kept: unknown): string {
  const rates = Array.isArray(kept) ? kept : [];
  return rates
    .filter(isUsedRate)
    .map(({ currency, rate, base }) => `1 ${currency} = ${rate} ${base}`)
    .join(', ');
}

function isUsedRate(value: unknown): value is UsedRate {
  return typeof value === 'object' && value !== null && 'currency' in value && 'rate' in value && 'base' in value;
}
