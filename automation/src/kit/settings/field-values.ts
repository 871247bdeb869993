import { z } from 'zod';
import type { FieldValue, Scalar } from '../values/values.ts';
import type { MapText, Setting } from './setting.ts';

const money = z.strictObject({ amount: z.union([z.string(), z.number().transform(String)]), currency: z.string() });
const scalar: z.ZodType<Scalar> = z.union([z.string(), z.number(), z.boolean(), z.null(), money]);

export const fieldValue: z.ZodType<FieldValue> = z.union([scalar, z.array(scalar)]);

export interface FieldChangeSetting {
  readonly field: string;
  readonly value: FieldValue;
  readonly mode: 'replace' | 'append';
}

const plain = { choices: [], of: null, multiple: true } as const;

/** Values to compare a field with; an empty list means any. */
export function fieldValues(): Setting<readonly Scalar[], never> {
  const schema = z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(scalar));
  return {
    ...plain,
    control: 'fieldValues',
    required: false,
    default: [],
    schema,
    template: false,
    mapTexts: (value) => value,
  };
}

/** Rows field -> new value (typed, or a template). */
export function fieldChanges(): Setting<readonly FieldChangeSetting[], never> {
  const row = z.strictObject({
    field: z.string().min(1),
    value: fieldValue,
    mode: z.enum(['replace', 'append']).default('replace'),
  });
  return {
    ...plain,
    control: 'fieldChanges',
    required: true,
    default: undefined,
    schema: z.array(row).min(1, 'Choose at least one field'),
    template: true,
    mapTexts: (changes, map) => changes.map((change) => ({ ...change, value: mapFieldValue(change.value, map) })),
  };
}

/** The value with every text in it put through `map`. */
export function mapFieldValue(value: FieldValue, map: MapText): FieldValue {
  const one = (part: Scalar): Scalar => (typeof part === 'string' ? map(part, 'text') : part);
  return isList(value) ? value.map(one) : one(value);
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
