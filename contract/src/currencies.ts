import { plainNumber } from '@signalbox/automation/kit/values/decimal.ts';
import { z } from 'zod';
import { person, time } from './common.ts';

const currency = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, 'Expected a code of three letters like EUR');

/** What one unit is worth in the base currency: a decimal that can be written, shown and compared with. */
const rate = z.union([z.number(), z.string().trim()]).refine(isRate, {
  error:
    'Expected a decimal number like 4.02, of at least 0.000000000001, with at most 12 digits before the point and 20 behind it',
  params: { code: 'rate' },
});

function isRate(given: number | string): boolean {
  const text = typeof given === 'number' ? plainNumber(given) : given;
  return /^\d{1,12}(\.\d{1,20})?$/.test(text) && Number(text) >= 1e-12;
}

/** Replaces all rates; `base` only if given. */
export const currenciesBody = z.strictObject({ base: currency.optional(), rates: z.record(currency, rate) });
export type CurrenciesBody = z.infer<typeof currenciesBody>;

const set = { base: z.string(), rates: z.record(z.string(), z.number()) };

/** One unit of each currency in the base currency; `since` null: never set. */
export const currencies = z.object({
  ...set,
  since: time.nullable(),
  /** With `?all=1`: what was set when and by whom, the newest first. */
  history: z.array(z.object({ ...set, since: time, by: person.nullable() })).optional(),
});
export type Currencies = z.infer<typeof currencies>;

export const currenciesQuery = z.strictObject({ all: z.enum(['0', '1']).default('0') });
