import type { Deed } from '@signalbox/automation/kit/definitions/deeds.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { because, type Reason, readReason } from '@signalbox/automation/kit/words/reasons.ts';
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import { reasonColumns, setReason } from '../../outbox/reason-columns.ts';
import type { Tx } from '../../platform/db.ts';
import type { DB } from '../../platform/schema.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send } from '../../platform/workspace-dialect.ts';
import type { RunRow } from './plan-runs.ts';

export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'cancelled' | 'uncertain';

/** Carrying out takes its time: this much is no lateness. */
export const ON_TIME_MS = 1_000;

/** One rule of one visit: when it is due, how it went (semantics.md 5). */
export interface Run {
  readonly id: number;
  readonly visitId: number;
  readonly itemId: number;
  readonly ruleId: string;
  readonly state: RunState;
  readonly waitingFor: 'time' | 'condition' | 'task' | 'answer' | null;
  readonly entry: boolean;
  readonly keep: boolean;
  readonly dueAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly attempts: number;
  readonly result: Readonly<Record<string, unknown>> | null;
  /** The English words of its reason; alone in rows from before reasons had codes. */
  readonly error: string | null;
  readonly reason: Reason | null;
  /** The employee who asked for it by hand. */
  readonly askedBy: number | null;
  /** When the rule is not of the visit's version of the board. */
  readonly boardVersion: number | null;
  /** The employee who gave it another moment: nothing else moves it any more. */
  readonly movedBy: number | null;
  /** What it left behind, in the order in which it did; null: nothing, or it is from before that was kept. */
  readonly did: readonly Deed[] | null;
  /** When what it did was taken back, and by whom. */
  readonly undone: { readonly at: Date; readonly by: number | null } | null;
}

/** It has begun and goes on once something has happened (semantics.md 5.9). */
export function isHeld({ waitingFor }: Pick<Run, 'waitingFor'>): boolean {
  return waitingFor !== null && waitingFor !== 'time';
}

const here = sql<number>`current_setting('signalbox.workspace')::bigint`;

/** One statement, whatever the number; a run that is there already stays as it is (semantics.md 5.7). */
export async function insertRuns(
  tx: Tx,
  rows: readonly RunRow[],
  asked?: { readonly by: number | null; readonly boardVersion: number },
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id, waiting_for, entry, keep, due_at, asked_by, board_version)
    select ${here}, v.*, ${asked?.by ?? null}::bigint, ${asked?.boardVersion ?? null}::int
    from unnest(${arrays.numbers(rows.map((row) => row.visitId))}::bigint[], ${arrays.numbers(rows.map((row) => row.itemId))}::bigint[],
      ${arrays.numbers(rows.map((row) => row.pipelineId))}::bigint[],
      ${arrays.texts(rows.map((row) => row.ruleId))}::text[], ${arrays.texts(rows.map((row) => row.waitingFor))}::text[],
      ${arrays.flags(rows.map((row) => row.entry))}::boolean[], ${arrays.flags(rows.map((row) => row.keep))}::boolean[],
      ${arrays.times(rows.map((row) => row.dueAt))}::timestamptz[]) v
    on conflict do nothing`.execute(tx);
}

export interface Leaving {
  /** By item: when it left. */
  readonly leftAt: ReadonlyMap<number, Date>;
  /** The visits that have just begun. */
  readonly exceptVisitIds: readonly number[];
}

/**
 * Leaving a stage cancels the runs that wait for a later moment or event, unless the rule keeps them (semantics.md 5.1). What was due
 * by then is only late, and so may be what waits for it: that is judged when the visit has caught up.
 * What is kept and may have waited for one of the cancelled is looked at as of the leaving, by its row. Answers the visits with such.
 */
export async function markCancelledByLeaving(tx: Tx, { leftAt, exceptVisitIds }: Leaving): Promise<number[]> {
  const { rows } = await send(
    tx,
    sql<{ visit_id: number }>`
    with cancelled as (
      update runs c set state = 'cancelled', waiting_for = null, ended_at = l.left_at, ${setReason(because('left-stage'))}
      from unnest(${arrays.numbers([...leftAt.keys()])}::bigint[], ${arrays.times([...leftAt.values()])}::timestamptz[]) as l (item_id, left_at)
      where c.workspace_id = ${here} and c.item_id = l.item_id and c.state = 'waiting' and not c.entry and not c.keep
        and c.visit_id <> all(${arrays.numbers(exceptVisitIds)}::bigint[])
        and (c.due_at > l.left_at or (c.due_at is null and not exists (
          select from runs o where o.workspace_id = c.workspace_id and o.visit_id = c.visit_id and o.state = 'waiting' and o.due_at <= l.left_at)))
      returning c.visit_id, l.left_at)
    update runs r set due_at = c.left_at from cancelled c
    where r.workspace_id = ${here} and r.visit_id = c.visit_id and r.state = 'waiting' and r.due_at is null
      and r.waiting_for is null and (r.keep or r.entry)
    returning r.visit_id`,
  );
  return [...new Set(rows.map((row) => row.visit_id))];
}

/** The runs of these visits; the caller holds the items' locks. */
export async function listVisitRuns(tx: Tx, visitIds: readonly number[]): Promise<Run[]> {
  const rows = await selectRuns(tx)
    .where('visit_id', 'in', [...visitIds])
    .orderBy('id')
    .execute();
  return rows.map(toRun);
}

/** Runs of these items that wait for a moment or a condition, so not the links of chains (semantics.md 5.3, 5.9). */
export async function listRunsThatWait(
  tx: Tx,
  itemIds: readonly number[],
  waitingFor: readonly ('time' | 'condition')[],
): Promise<Run[]> {
  const rows = await selectRuns(tx)
    .where('item_id', 'in', [...itemIds])
    .where('state', '=', 'waiting')
    .where('entry', '=', false)
    .where('waiting_for', 'in', [...waitingFor])
    .execute();
  return rows.map(toRun);
}

/** Items with runs that wait for a moment, of one responsible employee or of all, in the order of their ids. */
export async function listItemsThatWait(
  tx: Tx,
  {
    responsibleId,
    after,
    limit,
  }: { readonly responsibleId: number | null; readonly after: number; readonly limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ item_id: number }>`
    select distinct r.item_id from runs r join items i on i.workspace_id = r.workspace_id and i.id = r.item_id
    where r.workspace_id = ${here} and r.state = 'waiting' and not r.entry and r.waiting_for = 'time' and r.item_id > ${after}
      and (${responsibleId}::bigint is null or i.responsible_id = ${responsibleId})
    order by r.item_id limit ${limit}`.execute(tx);
  return rows.map((row) => row.item_id);
}

export async function findRun(tx: Tx, id: number): Promise<Run | undefined> {
  const row = await selectRuns(tx).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toRun(row);
}

/** A run that has just been written and that nobody has touched. */
export function newRun(row: RunRow, id: number): Run {
  const untouched = { startedAt: null, endedAt: null, attempts: 0, result: null, error: null, reason: null };
  const unasked = { askedBy: null, boardVersion: null, movedBy: null, did: null, undone: null };
  return { ...row, ...untouched, ...unasked, id, state: 'waiting' };
}

/** Writes everything of these runs that a runner may change, in one statement. */
export async function saveRuns(tx: Tx, runs: readonly Run[]): Promise<void> {
  if (runs.length === 0) return;
  const texts = (of: (run: Run) => string | null) => arrays.texts(runs.map(of));
  const times = (of: (run: Run) => Date | null) => arrays.times(runs.map(of));
  const numbers = (of: (run: Run) => number | null) => arrays.numbers(runs.map(of));
  await send(
    tx,
    sql`
    update runs r set state = v.state, waiting_for = v.waiting_for, entry = v.entry, due_at = v.due_at, started_at = v.started_at,
      ended_at = v.ended_at, attempts = v.attempts, result = v.result::jsonb, error = v.error, reason = v.reason::jsonb, asked_by = v.asked_by, did = v.did::jsonb
    from unnest(${numbers((run) => run.visitId)}::bigint[], ${texts((run) => run.ruleId)}::text[], ${texts((run) => run.state)}::text[],
      ${texts((run) => run.waitingFor)}::text[], ${arrays.flags(runs.map((run) => run.entry))}::boolean[], ${times((run) => run.dueAt)}::timestamptz[],
      ${times((run) => run.startedAt)}::timestamptz[], ${times((run) => run.endedAt)}::timestamptz[], ${numbers((run) => run.attempts)}::int[],
      ${texts((run) => (run.result === null ? null : JSON.stringify(run.result)))}::text[], ${texts((run) => run.error)}::text[],
      ${texts((run) => reasonColumns(run.reason).reason)}::text[],
      ${numbers((run) => run.askedBy)}::bigint[], ${texts((run) => (run.did === null ? null : JSON.stringify(run.did)))}::text[])
      v (visit_id, rule_id, state, waiting_for, entry, due_at, started_at, ended_at, attempts, result, error, reason, asked_by, did)
    where r.workspace_id = ${here} and r.visit_id = v.visit_id and r.rule_id = v.rule_id`,
  );
}

/** By whom it was moved is written here alone: runners know it, and change it never. */
export async function markMoved(tx: Tx, { id, movedBy }: Pick<Run, 'id' | 'movedBy'>): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ moved_by: movedBy })
    .where('workspace_id', '=', here)
    .where('id', '=', id)
    .execute();
}

/** Cancels the runs of an item that have not begun; answers how many. */
export async function markStopped(
  tx: Tx,
  { itemId, now }: { readonly itemId: number; readonly now: Date },
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('runs')
    .set({ state: 'cancelled', waiting_for: null, ended_at: now, ...reasonColumns(because('stopped-by-hand')) })
    .where('item_id', '=', itemId)
    .where('visit_id', 'in', (query) => query.selectFrom('visits').select('id').where('item_id', '=', itemId))
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Runs of items that were deleted meanwhile. */
export async function markOrphansCancelled(
  tx: Tx,
  { visitIds, now }: { readonly visitIds: readonly number[]; readonly now: Date },
): Promise<void> {
  if (visitIds.length === 0) return;
  await tx
    .updateTable('runs')
    .set({ state: 'cancelled', waiting_for: null, ended_at: now, ...reasonColumns(because('item-deleted')) })
    .where('workspace_id', '=', here)
    .where('visit_id', 'in', [...visitIds])
    .where('state', '=', 'waiting')
    .execute();
}

/** The other visits of the same items on which something is due; what was due at entry only when it is late, for it has a job of its own. */
export async function listDueBeside(tx: Tx, visitIds: readonly number[], now: Date): Promise<number[]> {
  const { rows } = await sql<{ visitId: number }>`
    select distinct r.visit_id as "visitId" from runs r
    where r.workspace_id = ${here} and r.state = 'waiting' and r.due_at <= ${now}
      and (not r.entry or r.due_at <= ${new Date(now.getTime() - ON_TIME_MS)})
      and r.item_id in (select item_id from visits where workspace_id = ${here} and id = any(${arrays.numbers(visitIds)}::bigint[]))
      and r.visit_id <> all(${arrays.numbers(visitIds)}::bigint[])`.execute(tx);
  return rows.map(({ visitId }) => visitId);
}

/** Visits of one workspace with runs that are due; of every workspace when `tx` is the system's. */
export async function listDueVisits(
  tx: Tx,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<{ workspaceId: number; visitId: number }[]> {
  const rows = await tx
    .selectFrom('runs')
    .select(['workspace_id', 'visit_id'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', before)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ workspaceId: row.workspace_id, visitId: row.visit_id }));
}

type RunColumns = Selectable<DB['runs']>;

function selectRuns(tx: Tx): SelectQueryBuilder<DB, 'runs', RunColumns> {
  return tx.selectFrom('runs').selectAll().where('workspace_id', '=', here);
}

// Written by our own ports; how each is taken back reads it again.
const didColumn = z.array(z.custom<Deed>((one) => isRecord(one) && typeof one.kind === 'string')).nullable();
const resultColumn = z.record(z.string(), z.unknown()).nullable();

export function toRun(row: RunColumns): Run {
  return {
    id: row.id,
    visitId: row.visit_id,
    itemId: row.item_id,
    ruleId: row.rule_id,
    state: row.state,
    waitingFor: row.waiting_for,
    entry: row.entry,
    keep: row.keep,
    dueAt: row.due_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    attempts: row.attempts,
    result: resultColumn.parse(row.result),
    error: row.error,
    // An older process that runs beside us clears the words alone.
    reason: row.error === null ? null : readReason(row.reason),
    askedBy: row.asked_by,
    boardVersion: row.board_version,
    movedBy: row.moved_by,
    did: didColumn.parse(row.did),
    undone: row.undone_at === null ? null : { at: row.undone_at, by: row.undone_by },
  };
}
