import { type FieldValue, isMoney } from '@signalbox/automation/kit/values/values.ts';
import type { ItemBody } from '@signalbox/contract/items.ts';

type JsonValues = NonNullable<ItemBody['fields']>;

/** Values of fields by code, as bodies and answers carry them. */
export function jsonValues(values: Readonly<Record<string, FieldValue>>): JsonValues {
  return Object.fromEntries(Object.entries(values).map(([code, value]) => [code, jsonOf(value)]));
}

function jsonOf(value: FieldValue): JsonValues[string] {
  if (value === null || typeof value !== 'object') return value;
  return isMoney(value) ? { amount: value.amount, currency: value.currency } : value.map(jsonOf);
}
