import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import type { CountryCode } from '@signalbox/automation/kit/values/phones.ts';
import { onceEach } from '@signalbox/automation/kit/values/spellings.ts';
import type { FieldValue, Scalar } from '@signalbox/automation/kit/values/values.ts';
import { loadCountry } from '../../../crm/client-book/country.ts';
import { type PlannedColumn, type ReadRow, type RowScope, readRow } from '../../../crm/csv/read-row.ts';
import { loadReference, type Reference } from '../../../crm/facts/workspace-facts.ts';
import { listPresentPeople } from '../../../people/employees.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Acting } from '../../moves/acting.ts';
import { holdStages } from '../../moves/hold-stages.ts';
import { type ImportPlan, planColumns } from '../job/import-plan.ts';
import type { ImportRow, Outcome, SourceRow } from '../job/imports.store.ts';

/** What the rows of a batch are read against. */
export interface World {
  readonly job: ImportRow;
  readonly plan: ImportPlan;
  readonly acting: Acting;
  readonly reference: Reference;
  readonly columns: readonly PlannedColumn[];
  readonly scope: RowScope;
  readonly country: CountryCode | undefined;
}

export interface RowInput extends ReadRow {
  readonly row: SourceRow;
}

export async function loadWorld(tx: Tx, job: ImportRow, plan: ImportPlan, acting: Acting): Promise<World> {
  await holdStages(tx);
  const reference = await loadReference(tx);
  const columns = planColumns(plan, { source: job.source, target: job.target, reference });
  return {
    job,
    plan,
    acting,
    reference,
    columns,
    scope: await loadScope(tx, job, reference),
    country: await loadCountry(tx),
  };
}

export async function loadScope(
  tx: Tx,
  { source }: Pick<ImportRow, 'source'>,
  { workspace }: Reference,
): Promise<RowScope> {
  const employees = await listPresentPeople(tx);
  const people = new Map(
    employees.flatMap(({ id, email, name }) => [
      [foldedText(name), id],
      [foldedText(email), id],
    ]),
  );
  return { people, width: source.columns.length, timeZone: workspace.timeZone, currency: workspace.currency };
}

export function readRowInput(world: World, row: SourceRow): RowInput {
  const read = readRow(row.cells, world.columns, world.scope);
  return { row, ...read, values: { ...read.values, ...listsOnce(world, read.values) } };
}

/** The lists of a row, from one cell or several: of two spellings of one number or address the first. */
function listsOnce({ columns, country }: World, values: ReadRow['values']): Record<string, FieldValue> {
  return Object.fromEntries(
    columns.flatMap(({ to, spec: { kind } }) => {
      const value = values[to];
      return isList(value) ? [[to, onceEach(value, { kind, country })]] : [];
    }),
  );
}

const isList = (value: FieldValue | undefined): value is readonly Scalar[] => Array.isArray(value);

export function textOf({ values }: ReadRow, to: string): string | null {
  const value = values[to];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function textsOf({ values }: ReadRow, to: string): string[] {
  const value = values[to];
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

/** The currency that a column of its own names. */
export function currencyOf(given: ReadRow): string | undefined {
  const text = textOf(given, 'currency') ?? '';
  return /^[A-Z]{3}$/i.test(text) ? text.toUpperCase() : undefined;
}

/** The custom and stored fields that a row fills. */
export function fieldsOf({ values }: ReadRow, codes: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([code, value]) => codes.has(code) && value !== null));
}

export function columnOf({ columns }: Pick<World, 'columns'>, to: string): number {
  return columns.find((one) => one.to === to)?.column ?? 0;
}

type Ending = Pick<Outcome, 'state'> & Partial<Pick<Outcome, 'recordId' | 'notes'>>;

export function outcome({ row, problems }: RowInput, { state, recordId = null, notes = [] }: Ending): Outcome {
  return { position: row.position, state, recordId, notes: [...problems, ...notes] };
}
