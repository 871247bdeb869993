/** Epoch milliseconds, UTC. */
export type Instant = number;

/** `amount` is decimal text, so that no cent is lost; `currency` an ISO 4217 code. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** A date is `YYYY-MM-DD`, a date-time an RFC 3339 string, a person or an item its id. */
export type Scalar = string | number | boolean | null | Money;
export type FieldValue = Scalar | readonly Scalar[];

export const fieldKinds = [
  'text',
  'number',
  'money',
  'date',
  'dateTime',
  'yesNo',
  'choice',
  'multiChoice',
  'person',
  'client',
  'item',
  'file',
  'link',
  'phone',
  'email',
  'address',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

export interface FieldOption {
  readonly value: string;
  readonly name: string;
}

export interface FieldSpec {
  readonly code: string;
  readonly kind: FieldKind;
  readonly name: Readonly<Record<string, string>> | string;
  readonly multiple?: boolean;
  readonly options?: readonly FieldOption[];
  readonly custom: boolean;
  readonly readOnly?: boolean;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isMoney(value: unknown): value is Money {
  return isRecord(value) && typeof value.amount === 'string' && typeof value.currency === 'string';
}

/** Nothing, blank text, or a list of nothing (semantics.md 6: empty values). */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.every(isEmpty);
}

/** The spec of a field by its code; the look-up table of a shared list of specs is made once. */
export function findFieldSpec(fields: readonly FieldSpec[], code: string): FieldSpec | undefined {
  const known = tables.get(fields);
  if (known !== undefined) return known.get(code);
  const table = new Map(fields.map((field) => [field.code, field]));
  tables.set(fields, table);
  return table.get(code);
}

const tables = new WeakMap<readonly FieldSpec[], ReadonlyMap<string, FieldSpec>>();
