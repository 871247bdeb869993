import { type FieldValue, isMoney } from '@signalbox/automation/kit/values/values.ts';
import type { ItemRow } from '../../crm/items/items.store.ts';
import type { RecordedChange, RecordedVisit } from './recorded.store.ts';

/** The item before everything that was recorded of it, from what it is now. */
export function rollBack(row: ItemRow, changes: readonly RecordedChange[], visits: readonly RecordedVisit[]): ItemRow {
  const [first] = visits;
  const place =
    first === undefined
      ? {}
      : { pipelineId: first.fromPipelineId ?? first.pipelineId, stageId: first.fromStageId ?? first.stageId };
  const untouched = changes.length + visits.length === 0;
  const values = changes.toReversed().reduce((after, { field, from }) => withValue(after, field, from), row);
  return { ...values, ...place, updatedAt: untouched ? row.updatedAt : row.createdAt };
}

/** The item at the beginning of what has this number: everything with a lower one has happened to it. */
export function rowAt(
  row: ItemRow,
  { changes, visits }: { readonly changes: readonly RecordedChange[]; readonly visits: readonly RecordedVisit[] },
  number: number,
): ItemRow {
  const earlier = changes.filter(({ id }) => id < number);
  const entered = visits.findLast(({ id }) => id < number);
  const changed = earlier.reduce(
    (before, { field, to }) => withValue(before, field, to),
    rollBack(row, changes, visits),
  );
  return entered === undefined ? changed : enter(changed, entered);
}

export function enter(row: ItemRow, { pipelineId, stageId, at }: RecordedVisit): ItemRow {
  return { ...row, pipelineId, stageId, updatedAt: at };
}

export function change(row: ItemRow, { field, to, at }: RecordedChange): ItemRow {
  return { ...withValue(row, field, to), updatedAt: at };
}

type Put = (value: FieldValue) => Partial<ItemRow>;

const columns: Readonly<Record<string, Put>> = {
  title: (value) => ({ title: textOf(value) ?? '' }),
  currency: (value) => ({ currency: textOf(value) }),
  responsible: (value) => ({ responsibleId: idOf(value) }),
  contact: (value) => ({ contactId: idOf(value) }),
  company: (value) => ({ companyId: idOf(value) }),
  observers: (value) => ({ observerIds: Array.isArray(value) ? value.filter((id) => typeof id === 'number') : [] }),
  amount: (value) => (isMoney(value) ? { amount: value.amount, currency: value.currency } : { amount: null }),
};

function withValue(row: ItemRow, field: string, value: FieldValue): ItemRow {
  const put = Object.hasOwn(columns, field) ? columns[field] : undefined;
  return put === undefined ? { ...row, fields: { ...row.fields, [field]: value } } : { ...row, ...put(value) };
}

function textOf(value: FieldValue): string | null {
  return typeof value === 'string' ? value : null;
}

function idOf(value: FieldValue): number | null {
  return typeof value === 'number' ? value : null;
}
