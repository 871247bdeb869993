import { isDeepStrictEqual } from 'node:util';
import { keepsValue } from '@signalbox/automation/kit/field-kinds/keeps-value.ts';
import {
  type FieldSpec,
  type FieldValue,
  findFieldSpec,
  isEmpty,
  isMoney,
  type Scalar,
} from '@signalbox/automation/kit/values/values.ts';
import { type FieldError, invalid } from '../../platform/errors.ts';
import { readValues } from '../facts/read-values.ts';
import { packValues } from '../facts/room-for-values.ts';
import type { Reference } from '../facts/workspace-facts.ts';
import type { ItemColumns, ItemRow } from './items.store.ts';

export interface FieldChanged {
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

interface Changes {
  readonly columns: ItemColumns;
  readonly changed: readonly FieldChanged[];
}

/** What a save really changes, and the columns that keep it. Throws UserError with a path for each value that does not fit. */
export function readChanges(row: ItemRow, given: Readonly<Record<string, FieldValue>>, reference: Reference): Changes {
  const specs = reference.fieldsOf(row.type);
  const errors = Object.entries(given).flatMap(([code, value]) =>
    errorOf({ spec: findFieldSpec(specs, code), code, value: freshOf(row, { code, value }, reference) }, reference),
  );
  if (errors.length > 0) throw invalid(errors);

  const before = readValues(row.fields);
  const changed: FieldChanged[] = [];
  let columns: ItemColumns = {};
  let custom = before;
  for (const [code, value] of Object.entries(given)) {
    const { from, to, column } = columnOf(code)?.(row, value, reference) ?? {
      from: before[code] ?? null,
      to: value,
      column: null,
    };
    if (isSame(from, to)) continue;
    changed.push({ field: code, from, to });
    if (column === null) custom = { ...custom, [code]: to };
    else columns = { ...columns, ...column };
  }
  return { changed, columns: custom === before ? columns : { ...columns, fields: packValues(custom, before) } };
}

/** As a field stands now, in the form in which its changes are told. */
export function currentValue(row: ItemRow, code: string, reference: Reference): FieldValue {
  const column = columnOf(code);
  return column === undefined ? (readValues(row.fields)[code] ?? null) : column(row, null, reference).from;
}

interface Columned {
  readonly from: FieldValue;
  readonly to: FieldValue;
  readonly column: ItemColumns;
}
type Column = (row: ItemRow, value: FieldValue, reference: Reference) => Columned;

const columnsByCode: Readonly<Record<string, Column>> = {
  title: (row, value) => ({ from: row.title, to: text(value), column: { title: text(value) ?? '' } }),
  currency: (row, value) => ({ from: row.currency, to: text(value), column: { currency: text(value) } }),
  responsible: (row, value) => ({ from: row.responsibleId, to: idOf(value), column: { responsible_id: idOf(value) } }),
  contact: (row, value) => ({ from: row.contactId, to: idOf(value), column: { contact_id: idOf(value) } }),
  company: (row, value) => ({ from: row.companyId, to: idOf(value), column: { company_id: idOf(value) } }),
  observers: (row, value) => ({ from: [...row.observerIds], to: idsOf(value), column: { observer_ids: idsOf(value) } }),
  amount: (row, value, { workspace }) => {
    const to = moneyOf(value, row.currency ?? workspace.currency);
    const from = row.amount === null ? null : { amount: row.amount, currency: row.currency ?? workspace.currency };
    return { from, to, column: { amount: to?.amount ?? null, ...(to === null ? {} : { currency: to.currency }) } };
  },
};

function columnOf(code: string): Column | undefined {
  return Object.hasOwn(columnsByCode, code) ? columnsByCode[code] : undefined;
}

/**
 * What of a value did not stand there, to be checked: the rest stays as it was kept, whatever is checked by now. Undefined: nothing.
 * An amount in the currency that stood there brings none.
 */
function freshOf(
  row: ItemRow,
  { code, value }: { readonly code: string; readonly value: FieldValue },
  reference: Reference,
): FieldValue | undefined {
  const { currency } = reference.workspace;
  const stood = currentValue(row, code, reference);
  // An amount may come without its currency, which is the item's then.
  const given = code === 'amount' ? moneyOf(value, row.currency ?? currency) : value;
  if (!isEmpty(given) && isSame(stood, given)) return undefined;
  const [there, own] = [listOf(stood), code === 'amount' ? row.currency : null];
  const isKept = (one: Scalar) => there.some((other) => isDeepStrictEqual(one, other));
  const kept = new Set([currency, own, ...there.map((one) => (isMoney(one) ? one.currency : null))]);
  const plain = (one: Scalar) => (isMoney(one) && kept.has(one.currency) ? { ...one, currency: 'EUR' } : one);
  if (!isList(given)) return plain(given);
  return given.filter((one) => !isKept(one)).map(plain);
}

const listOf = (value: FieldValue): readonly Scalar[] => (isList(value) ? value : [value]);
const isList = (value: FieldValue): value is readonly Scalar[] => Array.isArray(value);

interface Given {
  readonly spec: FieldSpec | undefined;
  readonly code: string;
  readonly value: FieldValue | undefined;
}

function errorOf({ spec, code, value }: Given, { people }: Reference): FieldError[] {
  if (value === undefined) return [];
  if (spec === undefined)
    return [{ path: `fields.${code}`, code: 'unknown-field', message: `There is no field ${code}` }];
  if (spec.readOnly) return [{ path: code, code: 'read-only', message: `${code} can't be set` }];
  if (isEmpty(value))
    return code === 'title' ? [{ path: code, code: 'required', message: 'A title must not be empty' }] : [];
  const path = spec.custom ? `fields.${code}` : code;
  if (!keepsValue(value, spec)) return [{ path, code: 'value', message: `${code} takes ${kindInWords(spec)}` }];
  const nobody = spec.kind === 'person' ? [value].flat().find((id) => !people.has(Number(id))) : undefined;
  return nobody === undefined ? [] : [{ path, code: 'unknown-person', message: `There is no employee ${nobody}` }];
}

function kindInWords(spec: FieldSpec): string {
  const options = spec.options?.map((option) => option.value).join(', ') ?? '';
  return options === '' ? `a value of the kind ${spec.kind}` : `one of: ${options}`;
}

/** Whether a save would change nothing: nothing is as good as empty. */
export function isSame(from: FieldValue, to: FieldValue): boolean {
  if (isEmpty(from) && isEmpty(to)) return true;
  if (isMoney(from) && isMoney(to)) return from.currency === to.currency && Number(from.amount) === Number(to.amount);
  return isDeepStrictEqual(from, to);
}

function text(value: FieldValue): string | null {
  return isEmpty(value) ? null : String(value).trim();
}

function idOf(value: FieldValue): number | null {
  return typeof value === 'number' ? value : null;
}

function idsOf(value: FieldValue): number[] {
  const ids = Array.isArray(value) ? value : [value];
  return ids.filter((id) => typeof id === 'number');
}

function moneyOf(value: FieldValue, currency: string): { amount: string; currency: string } | null {
  if (isEmpty(value)) return null;
  // The column keeps two digits behind the point.
  return isMoney(value) ? value : { amount: typeof value === 'number' ? value.toFixed(2) : String(value), currency };
}
