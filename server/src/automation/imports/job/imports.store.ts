import type { CellProblem, ImportTarget } from '@signalbox/contract/imports.ts';
import { cellProblem, importTarget } from '@signalbox/contract/imports.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { checkQuota } from '../../../platform/quotas/check-quota.ts';
import { type ImportPlan, type ImportSource, importPlan, importSource } from './import-plan.ts';

export type ImportState = 'draft' | 'running' | 'done' | 'cancelled';
export type RowState = 'created' | 'updated' | 'skipped' | 'refused';

export interface ImportRow {
  readonly id: number;
  readonly employeeId: number | null;
  readonly target: ImportTarget;
  readonly fileName: string;
  readonly state: ImportState;
  readonly source: ImportSource;
  readonly plan: ImportPlan | null;
  readonly rowCount: number;
  readonly done: number;
  readonly results: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

const counts = z.record(z.string(), z.number());
const importRow = z.object({
  ...{ id: z.number(), employeeId: z.number().nullable(), target: importTarget, fileName: z.string() },
  state: z.enum(['draft', 'running', 'done', 'cancelled']),
  ...{ source: importSource, plan: importPlan.nullable(), rowCount: z.number(), done: z.number() },
  ...{ results: counts, reasons: counts },
  ...{ createdAt: z.date(), startedAt: z.date().nullable(), endedAt: z.date().nullable() },
});

const columns = sql`id, employee_id as "employeeId", target, file_name as "fileName", state, source, plan, row_count as "rowCount", done,
  results, reasons, created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt"`;

export interface NewImport {
  readonly employeeId: number | null;
  readonly target: ImportTarget;
  readonly fileName: string;
  readonly source: ImportSource;
  readonly rowCount: number;
  /** As JSON, each a list of `{position, line, cells}`. */
  readonly rows: readonly string[];
  readonly now: Date;
}

/** Throws UserError `quota` when these are too many rows for a day. */
export async function insertImport(tx: Tx, job: NewImport): Promise<number> {
  await checkQuota(tx, { name: 'import-rows', amount: job.rowCount, now: job.now });
  const { rows } = await sql<{ id: number }>`
    insert into imports (workspace_id, employee_id, target, file_name, source, row_count, created_at)
    values (${workspaceOf(tx)}, ${job.employeeId}, ${job.target}, ${job.fileName}, ${JSON.stringify(job.source)}::jsonb, ${job.rowCount}, ${job.now})
    returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no import');
  for (const some of job.rows)
    await sql`
      insert into import_rows (workspace_id, import_id, position, line, cells)
      select ${workspaceOf(tx)}, ${id}, r.position, r.line, r.cells
      from jsonb_to_recordset(${some}::jsonb) r(position int, line int, cells jsonb)`.execute(tx);
  return id;
}

export async function findImport(tx: Tx, id: number): Promise<ImportRow | undefined> {
  const { rows } =
    await sql`select ${columns} from imports where workspace_id = ${workspaceOf(tx)} and id = ${id}`.execute(tx);
  return rows[0] === undefined ? undefined : importRow.parse(rows[0]);
}

/** Undefined: there is none, or (`skipLocked`) another process is at it. */
export async function lockImport(
  tx: Tx,
  id: number,
  { skipLocked }: { skipLocked: boolean },
): Promise<ImportRow | undefined> {
  const { rows } = await sql`select ${columns} from imports where workspace_id = ${workspaceOf(tx)} and id = ${id}
    for update ${skipLocked ? sql`skip locked` : sql``}`.execute(tx);
  return rows[0] === undefined ? undefined : importRow.parse(rows[0]);
}

/** Newest first. */
export async function listImports(
  tx: Tx,
  { below, limit, employeeId }: { below: number; limit: number; employeeId: number | null },
): Promise<ImportRow[]> {
  const { rows } = await sql`select ${columns} from imports where workspace_id = ${workspaceOf(tx)} and id < ${below}
    and (${employeeId}::bigint is null or employee_id = ${employeeId}::bigint) order by id desc limit ${limit}`.execute(
    tx,
  );
  return rows.map((row) => importRow.parse(row));
}

export async function beginImport(tx: Tx, id: number, { plan, now }: { plan: ImportPlan; now: Date }): Promise<void> {
  await sql`update imports set state = 'running', plan = ${JSON.stringify(plan)}::jsonb, started_at = ${now}
    where workspace_id = ${workspaceOf(tx)} and id = ${id}`.execute(tx);
}

export async function endImport(tx: Tx, id: number, { state, now }: { state: ImportState; now: Date }): Promise<void> {
  await sql`update imports set state = ${state}, ended_at = ${now} where workspace_id = ${workspaceOf(tx)} and id = ${id}`.execute(
    tx,
  );
}

export interface SourceRow {
  readonly position: number;
  readonly line: number;
  readonly cells: readonly string[];
}

const sourceRow = z.object({ position: z.number(), line: z.number(), cells: z.array(z.string()) });

export async function listRows(
  tx: Tx,
  id: number,
  { from, limit }: { from: number; limit: number },
): Promise<SourceRow[]> {
  const { rows } = await sql`select position, line, cells from import_rows
    where workspace_id = ${workspaceOf(tx)} and import_id = ${id} and position >= ${from} order by position limit ${limit}`.execute(
    tx,
  );
  return rows.map((row) => sourceRow.parse(row));
}

export interface Outcome {
  readonly position: number;
  readonly state: RowState;
  readonly recordId: number | null;
  readonly notes: readonly CellProblem[];
}

/** What became of the rows, and the import's counts; the results of all rows so far. */
export async function writeOutcomes(
  tx: Tx,
  job: ImportRow,
  outcomes: readonly Outcome[],
): Promise<ImportRow['results']> {
  await sql`
    update import_rows r set state = o.state, record_id = o."recordId", notes = o.notes
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) o(position int, state text, "recordId" bigint, notes jsonb)
    where r.workspace_id = ${workspaceOf(tx)} and r.import_id = ${job.id} and r.position = o.position`.execute(tx);
  const results = count(
    job.results,
    outcomes.map(({ state }) => state),
  );
  const reasons = count(
    job.reasons,
    outcomes.flatMap(({ notes }) => [...new Set(notes.map(({ code }) => code))]),
  );
  await sql`update imports set done = ${job.done + outcomes.length}, results = ${JSON.stringify(results)}::jsonb, reasons = ${JSON.stringify(reasons)}::jsonb
    where workspace_id = ${workspaceOf(tx)} and id = ${job.id}`.execute(tx);
  return results;
}

export function count(before: Readonly<Record<string, number>>, names: readonly string[]): Record<string, number> {
  const after = { ...before };
  for (const name of names) after[name] = (after[name] ?? 0) + 1;
  return after;
}

export interface NotedRow {
  readonly position: number;
  readonly line: number;
  readonly cells: readonly string[];
  readonly state: string | null;
  readonly notes: readonly CellProblem[];
}

const notedRow = sourceRow.extend({
  state: z.string().nullable(),
  notes: z
    .array(cellProblem)
    .nullable()
    .transform((notes) => notes ?? []),
});

/** Rows that stayed out, were skipped, or came in with something left empty; those not reached of a cancelled import too. */
export async function listNotedRows(
  tx: Tx,
  id: number,
  { from, limit }: { from: number; limit: number },
): Promise<NotedRow[]> {
  const { rows } = await sql`select position, line, cells, state, notes from import_rows
    where workspace_id = ${workspaceOf(tx)} and import_id = ${id} and position >= ${from}
      and (state is null or state in ('refused', 'skipped') or jsonb_array_length(notes) > 0)
    order by position limit ${limit}`.execute(tx);
  return rows.map((row) => notedRow.parse(row));
}

/** The most frequent texts of a column in all rows, as they are, and how many rows have each. */
export async function countCells(
  tx: Tx,
  id: number,
  { column, limit }: { column: number; limit: number },
): Promise<{ text: string; rows: number }[]> {
  const { rows } = await sql<{ text: string; rows: number }>`
    select left(cells ->> ${column}::int, 500) as text, count(*)::int as rows from import_rows
    where workspace_id = ${workspaceOf(tx)} and import_id = ${id} and cells ->> ${column}::int <> ''
    group by 1 order by 2 desc, 1 limit ${limit}`.execute(tx);
  return rows;
}

/** Those of the stages on which nothing ever stood and that the pipeline's automation does not name: their ids. */
export async function findUntouchedStages(tx: Tx, pipelineId: number, codes: readonly string[]): Promise<number[]> {
  if (codes.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select s.id from stages s where s.workspace_id = ${workspaceOf(tx)} and s.pipeline_id = ${pipelineId} and s.code = any(${[...codes]}::text[])
      and not exists (select from items i where i.workspace_id = s.workspace_id and i.pipeline_id = s.pipeline_id and i.stage_id = s.id)
      and not exists (select from visits v where v.workspace_id = s.workspace_id and v.stage_id = s.id)
      and not exists (select from boards b where b.workspace_id = s.workspace_id and b.pipeline_id = s.pipeline_id
        and b.file::text ~ ('\\m' || s.code || '\\M'))`.execute(tx);
  return rows.map(({ id }) => id);
}
