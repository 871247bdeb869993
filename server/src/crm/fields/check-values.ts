import { isDeepStrictEqual } from 'node:util';
import { fieldKindOf, takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import { isCurrency } from '@signalbox/automation/kit/field-kinds/money.ts';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import type { CountryCode } from '@signalbox/automation/kit/values/phones.ts';
import { onceEach } from '@signalbox/automation/kit/values/spellings.ts';
import {
  type FieldKind,
  type FieldSpec,
  type FieldValue,
  isEmpty,
  isMoney,
  type Scalar,
} from '@signalbox/automation/kit/values/values.ts';
import { clientRefText } from '@signalbox/contract/fields.ts';
import { z } from 'zod';
import { type FieldError, invalid } from '../../platform/errors.ts';
import { summary } from '../../platform/http/field-errors.ts';
import { readEmail, readLink, readPhone } from '../facts/scalar-texts.ts';

/** What the values are checked against. */
export interface ValueScope {
  readonly specs: readonly FieldSpec[];
  /** Money without a currency is in the workspace's. */
  readonly currency: string;
  /** Where phone numbers without a country code belong. */
  readonly country?: CountryCode | undefined;
  /** Employees by e-mail address in lower case, and by id. */
  readonly people: { readonly byEmail: Readonly<Record<string, number>>; has(id: number): boolean };
  /** What the record holds already: sent back as it is, it stays, whatever is checked of others. */
  readonly before?: Readonly<Record<string, FieldValue>> | undefined;
}

/** The `fields` of a body by their kinds; 422 with a path for each that is unknown, read-only or of the wrong kind. */
export function checkValues(
  given: Readonly<Record<string, unknown>>,
  scope: ValueScope,
  path = 'fields',
): Record<string, FieldValue> {
  const errors: FieldError[] = [];
  const values: Record<string, FieldValue> = {};
  for (const [code, value] of Object.entries(given)) {
    const spec = scope.specs.find((one) => one.code === code);
    const read = readGiven(value, { code, spec, scope });
    if ('error' in read) errors.push({ path: `${path}.${code}`, ...read.error });
    else values[code] = read.value;
  }
  if (errors.length > 0) throw invalid(errors, summary(errors));
  return values;
}

interface WrongValue {
  readonly code: string;
  readonly message: string;
  readonly params?: { readonly kind: FieldKind };
}
type Read = { readonly value: FieldValue } | { readonly error: WrongValue };

interface Given {
  readonly code: string;
  readonly spec: FieldSpec | undefined;
  readonly scope: ValueScope;
}

function readGiven(value: unknown, { code, spec, scope }: Given): Read {
  const { before = {} } = scope;
  const stood = Object.hasOwn(before, code) ? before[code] : undefined;
  if (stood !== undefined && isDeepStrictEqual(value, stood)) return { value: stood };
  return spec === undefined ? unknownField(code, scope) : readValue(value, spec, { ...scope, stood: listOf(stood) });
}

const listOf = (value: FieldValue | undefined): readonly Scalar[] => {
  if (value === undefined) return [];
  return isScalar(value) ? [value] : value;
};

/** With the values that stand in the field. */
interface Reading extends ValueScope {
  readonly stood: readonly Scalar[];
}

function unknownField(code: string, { specs }: ValueScope): Read {
  const codes = specs.filter((spec) => spec.readOnly !== true).map((spec) => spec.code);
  const known = codes.length > 0 ? `; there is ${codes.join(', ')}` : '';
  return {
    error: {
      code: 'unknown-field',
      message: `There is no field ${code} here; make it with POST /api/v1/fields${known}`,
    },
  };
}

function readValue(value: unknown, spec: FieldSpec, scope: Reading): Read {
  if (spec.readOnly === true)
    return { error: { code: 'read-only', message: 'This field is computed and cannot be set' } };
  if (isEmpty(value)) return { value: null };
  if (!takesSeveral(spec)) return readOne(value, spec, scope);
  const parts = (Array.isArray(value) ? value : [value]).map((part) => readOne(part, spec, scope));
  const wrong = parts.find((part) => 'error' in part);
  if (wrong !== undefined) return wrong;
  const values = parts.flatMap((part) => ('value' in part && isScalar(part.value) ? [part.value] : []));
  return { value: onceEach(values, { kind: spec.kind, country: scope.country }) };
}

function isScalar(value: FieldValue): value is Scalar {
  return !Array.isArray(value);
}

function readOne(value: unknown, spec: FieldSpec, scope: Reading): Read {
  const same = scope.stood.find((one) => isDeepStrictEqual(one, value));
  if (same !== undefined && same !== null) return { value: same };
  const read = readers[spec.kind](value, spec, scope);
  return read === undefined
    ? { error: { code: 'kind', message: expected(spec), params: { kind: spec.kind } } }
    : { value: read };
}

function expected(spec: FieldSpec): string {
  const { options = [] } = spec;
  if (fieldKindOf[spec.kind].hasOptions && options.length > 0)
    return `Expected one of ${options.map((option) => option.value).join(', ')}`;
  return `Expected ${fieldKindOf[spec.kind].expected}`;
}

type Reader = (value: unknown, spec: FieldSpec, scope: Reading) => Scalar | undefined;

const MAX_TEXT = 20_000;
const decimal = /^-?\d{1,15}(\.\d{1,6})?$/;
const text: Reader = (value) => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.length <= MAX_TEXT ? value : undefined;
};
const read =
  (schema: z.ZodType<Scalar>): Reader =>
  (value) =>
    schema.safeParse(value).data;
const reference = read(z.int().positive());
const choice: Reader = (value, { options = [] }) => {
  if (options.length === 0) return text(value, emptySpec, emptyScope);
  const wanted = String(value);
  return options.find((option) => option.value === wanted || option.name === wanted)?.value;
};

const readers: Readonly<Record<FieldKind, Reader>> = {
  ...{ text, address: text },
  phone: textual((value, { country }) => readPhone(value, country)),
  number: (value) =>
    typeof value === 'string' && decimal.test(value) ? Number(value) : z.number().safeParse(value).data,
  money: readMoney,
  date: read(z.iso.date()),
  dateTime: readDateTime,
  yesNo: read(z.boolean()),
  ...{ choice, multiChoice: choice },
  person: readPerson,
  ...{ item: reference, file: reference },
  client: readClient,
  link: textual(readLink),
  email: textual(readEmail),
};

const emptySpec: FieldSpec = { code: '', kind: 'text', name: '', custom: true };
const emptyScope: Reading = { specs: [], currency: 'EUR', people: { byEmail: {}, has: () => false }, stood: [] };

function textual(reader: (value: string, scope: Reading) => string | undefined): Reader {
  return (value, _spec, scope) => {
    const given = typeof value === 'number' ? String(value) : value;
    return typeof given === 'string' && given.length <= MAX_TEXT ? reader(given, scope) : undefined;
  };
}

function readClient(value: unknown): Scalar | undefined {
  const id = reference(value, emptySpec, emptyScope);
  return id === undefined ? clientRefText.safeParse(value).data : `contact:${String(id)}`;
}

const amount = z.union([z.number().transform(String), z.string()]).pipe(z.string().regex(decimal));
const money = z.strictObject({ amount, currency: z.string().optional() });

function readMoney(value: unknown, _spec: FieldSpec, { currency, stood }: Reading): Scalar | undefined {
  const plain = amount.safeParse(value);
  if (plain.success) return { amount: plain.data, currency };
  const full = money.safeParse(value);
  if (!full.success) return undefined;
  const given = full.data.currency ?? currency;
  // A new amount in the currency that stood there changes no currency.
  const isKnown =
    isCurrency(given) || given === currency || stood.some((one) => isMoney(one) && one.currency === given);
  return isKnown ? { amount: full.data.amount, currency: given } : undefined;
}

// Kept in UTC, so that equal moments are equal texts.
function readDateTime(value: unknown): Scalar | undefined {
  const parsed = z.iso.datetime({ offset: true }).safeParse(value);
  return parsed.success ? new Date(parsed.data).toISOString() : undefined;
}

function readPerson(value: unknown, _spec: FieldSpec, { people }: Reading): Scalar | undefined {
  if (typeof value === 'number') return people.has(value) ? value : undefined;
  // A text is anybody's: every object of JavaScript holds `constructor` and `__proto__`.
  const wanted = typeof value === 'string' ? normalEmail(value) : '';
  return Object.hasOwn(people.byEmail, wanted) ? people.byEmail[wanted] : undefined;
}
