import { type FieldValue, isRecord } from '@signalbox/automation/kit/values/values.ts';

/** The values of a JSON column; what is no field value is left out. */
export function readValues(json: unknown): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  if (!isRecord(json)) return values;
  for (const [code, value] of Object.entries(json)) if (isFieldValue(value)) values[code] = value;
  return values;
}

function isFieldValue(value: unknown): value is FieldValue {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

function isScalar(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return true;
  return isRecord(value) && typeof value.amount === 'string' && typeof value.currency === 'string';
}
