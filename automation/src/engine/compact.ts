import type { Refusal } from '../kit/definitions/define-trigger.ts';
import { isRecord } from '../kit/values/values.ts';

const longestText = 200;
const mostEntries = 10;

/** What a verdict keeps of the values that mattered: enough to understand it, not a whole e-mail (semantics.md 3.8). */
export function compact(detail: Refusal | Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, shorten(value)]));
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (Array.isArray(value))
    return value.length > mostEntries ? [...value.slice(0, mostEntries).map(shorten), '…'] : value.map(shorten);
  return isRecord(value) ? compact(value) : (value ?? null);
}
