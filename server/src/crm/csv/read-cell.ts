import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { FieldKind, FieldSpec, FieldValue, Scalar } from '@signalbox/automation/kit/values/values.ts';
import { clientRefText } from '@signalbox/contract/fields.ts';
import { readEmail, readLink } from '../facts/scalar-texts.ts';
import { type DateOrder, readDate, readDateTime } from './read-date.ts';
import { type DecimalMark, readMoney, readNumber } from './read-money.ts';

export interface CellScope {
  readonly order: DateOrder;
  readonly decimal: DecimalMark;
  readonly timeZone: string;
  readonly currency: string;
  /** By name and e-mail address in lower case. */
  readonly people: ReadonlyMap<string, number>;
}

export type CellSpec = Pick<FieldSpec, 'kind' | 'multiple' | 'options'>;
export type ReadCell = { readonly value: FieldValue } | { readonly code: string };

/** A text of a file as a value of the field; `code` says what is wrong with it. Empty is null. */
export function readCell(text: string, spec: CellSpec, scope: CellScope): ReadCell {
  const trimmed = text.trim();
  if (trimmed === '') return { value: null };
  if (!takesSeveral(spec)) return readOne(trimmed, spec, scope);
  const parts = trimmed.split(/[;|\n]/).map((part) => readOne(part.trim(), spec, scope));
  const wrong = parts.find((part) => 'code' in part);
  return wrong ?? { value: parts.flatMap((part) => ('value' in part ? [part.value] : [])) };
}

type ReadScalar = { readonly value: Scalar } | { readonly code: string };

function readOne(text: string, spec: CellSpec, scope: CellScope): ReadScalar {
  const value = readers[spec.kind](text, scope, spec);
  return value === undefined ? { code: codes[spec.kind] } : { value };
}

const codes: Readonly<Record<FieldKind, string>> = {
  number: 'bad-number',
  money: 'bad-money',
  date: 'bad-date',
  dateTime: 'bad-date',
  yesNo: 'bad-yes-no',
  choice: 'unknown-option',
  multiChoice: 'unknown-option',
  person: 'unknown-person',
  email: 'bad-email',
  phone: 'bad-phone',
  text: 'too-long',
  address: 'too-long',
  client: 'bad-value',
  item: 'bad-value',
  file: 'bad-value',
  link: 'bad-value',
};

type Reader = (text: string, scope: CellScope, spec: CellSpec) => Scalar | undefined;

const MAX_TEXT = 20_000;
const asText: Reader = (text) => (text.length <= MAX_TEXT ? text : undefined);
const choice: Reader = (text, _scope, { options = [] }) => {
  if (options.length === 0) return text;
  const wanted = text.toLowerCase();
  return options.find(({ value, name }) => value.toLowerCase() === wanted || name.toLowerCase() === wanted)?.value;
};
const reference: Reader = (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

const readers: Readonly<Record<FieldKind, Reader>> = {
  text: asText,
  address: asText,
  number: (text, { decimal }) => readNumber(text, decimal),
  money: readAmount,
  date: (text, scope) => readDate(text, scope),
  dateTime: (text, scope) => readDateTime(text, scope),
  yesNo: (text) => yesNo.get(text.toLowerCase()),
  choice,
  multiChoice: choice,
  person: (text, { people }) => people.get(text.toLowerCase()),
  link: readLink,
  phone: (text) => (/\d/.test(text) ? text : undefined),
  email: (text) => (readEmail(text) === undefined ? undefined : text),
  client: (text) => clientRefText.safeParse(/^\d{1,15}$/.test(text) ? `contact:${text}` : text).data,
  item: reference,
  file: reference,
};

const words = {
  yes: ['yes', 'y', 'true', '1', 'x', 'tak', 't', 'sí', 'si', 'sì', 's', 'sim'],
  no: ['no', 'n', 'false', '0', 'nie', 'não', 'nao'],
};
const yesNo = new Map([
  ...words.yes.map((word) => [word, true] as const),
  ...words.no.map((word) => [word, false] as const),
]);

function readAmount(text: string, { decimal, currency }: CellScope): Scalar | undefined {
  const read = readMoney(text, decimal);
  if (read === undefined || !/^-?\d{1,15}(\.\d{1,6})?$/.test(read.amount)) return undefined;
  return { amount: read.amount, currency: read.currency ?? currency };
}
