import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import type { FieldKind, FieldSpec, FieldValue, Scalar } from '@signalbox/automation/kit/values/values.ts';
import { clientRefText } from '@signalbox/contract/fields.ts';
import { readEmail, readLink } from '../facts/scalar-texts.ts';
import { splitList } from './list-cell.ts';
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

export interface CellSpec extends Pick<FieldSpec, 'kind' | 'multiple' | 'options'> {
  /** What something is called elsewhere: two that were cut to the same few digits are not the same. */
  readonly isKey?: boolean;
}
export interface ReadCell {
  readonly value: FieldValue;
  /** What is wrong with it, or with a part of it. */
  readonly code?: string;
}

/** A text of a file as a value of the field; null where nothing can be read. */
export function readCell(text: string, spec: CellSpec, scope: CellScope): ReadCell {
  const trimmed = text.trim();
  if (trimmed === '') return { value: null };
  if (trimmed.length > MAX_TEXT) return { value: null, code: 'too-long' };
  if (!takesSeveral(spec)) return { value: null, ...readOne(trimmed, spec, scope) };
  const parts = listOf(trimmed, spec, scope).map((part) => readOne(part, spec, scope));
  const values = parts.flatMap((part) => ('value' in part ? [part.value] : []));
  return { value: values.length > 0 ? values : null, ...parts.find((part) => 'code' in part) };
}

type ReadScalar = { readonly value: Scalar } | { readonly code: string };

function listOf(text: string, spec: CellSpec, scope: CellScope): string[] {
  const { kind, options = [] } = spec;
  const fits = (part: string) =>
    kind === 'phone' ? part.replace(/\D/g, '').length >= SHORTEST_NUMBER : 'value' in readOne(part, spec, scope);
  return splitList(text, { kind, fits, ...(options.length > 0 && { isOne: fits }) });
}

const SHORTEST_NUMBER = 6;

function readOne(text: string, spec: CellSpec, scope: CellScope): ReadScalar {
  if (spec.isKey && isRounded(text)) return { code: 'rounded-key' };
  if (spec.kind === 'phone' && scientific.test(text)) return { code: 'rounded-phone' };
  const value = readers[spec.kind](text, scope, spec);
  return value === undefined ? { code: codes[spec.kind] } : { value };
}

/** What a spreadsheet makes of a long number. */
const scientific = /^\d(?:[.,](\d+))?E\+?\d+$/i;

/** So many decimals tell one number from the next though the last digits are gone. */
const TELLING_DECIMALS = 12;

/** Whether a number was cut so short that others may look the same. */
export function isRounded(text: string): boolean {
  const match = scientific.exec(text);
  return match !== null && (match[1] ?? '').length < TELLING_DECIMALS;
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
const asText: Reader = (text) => text;
const choice: Reader = (text, _scope, { options = [] }) => {
  if (options.length === 0) return text;
  const wanted = foldedText(text);
  const named = ({ value, name }: { value: string; name: string }) =>
    foldedText(value) === wanted || foldedText(name) === wanted;
  return (options.find(({ value }) => value === text) ?? options.find(named))?.value;
};
const reference: Reader = (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined);

const readers: Readonly<Record<FieldKind, Reader>> = {
  text: asText,
  address: asText,
  number: (text, { decimal }) => readNumber(text, decimal),
  money: readAmount,
  date: (text, scope) => readDate(text, scope),
  dateTime: (text, scope) => readDateTime(text, scope),
  yesNo: (text) => yesNo.get(foldedText(text)),
  choice,
  multiChoice: choice,
  person: (text, { people }) => people.get(foldedText(text)),
  link: readLink,
  phone: readPhone,
  email: readEmail,
  client: (text) => clientRefText.safeParse(/^\d{1,15}$/.test(text) ? `contact:${text}` : text).data,
  item: reference,
  file: reference,
};

// As a link writes it (`tel:`), and what a program makes of a column of numbers with gaps: `48600100200.0`.
function readPhone(given: string): Scalar | undefined {
  const text = given.replace(/^tel:\s*/i, '').replace(/^(\d{6,})[.,]0+$/, '$1');
  return text.length <= 100 && /\d{3}/.test(text.replace(/\D/g, '')) ? text : undefined;
}

const words = {
  yes: ['yes', 'y', 'true', '1', 'x', 'tak', 't', 'sí', 'si', 'sì', 's', 'sim'],
  no: ['no', 'n', 'false', '0', 'nie', 'não', 'nao'],
};
const yesNo = new Map([
  ...words.yes.map((word) => [word, true] as const),
  ...words.no.map((word) => [word, false] as const),
]);

function readAmount(text: string, { decimal, currency }: CellScope): Scalar | undefined {
  const read = readMoney(text, decimal, currency);
  if (read === undefined || !/^-?\d{1,15}(\.\d{1,6})?$/.test(read.amount)) return undefined;
  return { amount: read.amount, currency: read.currency ?? currency };
}
