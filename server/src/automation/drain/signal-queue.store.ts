import type { Chain, SignalFacts } from '@signalbox/automation/kit/facts.ts';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send, sending } from '../../platform/workspace-dialect.ts';
import type { SignalClient } from '../../signals/record-signals.ts';
import { signalOf } from '../../signals/signal-of.store.ts';
import { ON_TIME_MS } from '../visits/runs.store.ts';
import { chainColumn } from '../visits/visits.store.ts';

/** When a signal came, which may be before it is decided (semantics.md 5.1). */
export interface Came {
  /** How long ago it was recorded; 0 when it is decided at once. */
  readonly agoMs: number;
  /** Epoch milliseconds: when the late rule was due that caused it; null: nothing late did. */
  readonly causedAt: number | null;
}

/** Epoch milliseconds. */
export function momentOf({ agoMs, causedAt }: Came, now: Date): number {
  return causedAt ?? now.getTime() - agoMs;
}

/** A recorded signal that nobody has decided yet. */
export interface WaitingSignal {
  readonly facts: SignalFacts;
  readonly came: Came;
  /** Null: only the client is known. */
  readonly itemIds: readonly number[] | null;
  readonly client: SignalClient | null;
  /** It was judged before, elsewhere (semantics.md 2.5). */
  readonly again: boolean;
}

/** Held until the transaction ends, taken before any row: one drain a workspace (semantics.md 4, locks). */
export async function lockWorkspace(tx: Tx): Promise<void> {
  await send(tx, sql`select pg_advisory_xact_lock(${DRAIN_LOCK}::int, ${workspaceOf(tx)}::int)`);
}

/** For a statement: takes the same lock if nobody holds it, without waiting; false: somebody does. */
export function tryWorkspaceLock(tx: Tx): RawBuilder<boolean> {
  return sql`pg_try_advisory_xact_lock(${DRAIN_LOCK}::int, ${workspaceOf(tx)}::int)`;
}

const DRAIN_LOCK = 744_625;

/** For a statement in a workspace: whether there is something that `takeSignals` would take. */
export const selectWaiting = sql<boolean>`exists (
  select from signal_queue where workspace_id = current_setting('signalbox.workspace')::bigint and parked_at is null)`;

export interface TakeOptions {
  readonly limit: number;
  /** Told which signals there are before anything, even reading them, can go wrong. */
  onTaken(signalIds: readonly number[]): void;
}

/**
 * Takes the workspace's lock, then the oldest that are committed, in the order of their ids; never a high-water mark
 * (semantics.md 1.4). Each signal is looked up by its key, whatever the planner thinks of the number of either (adr/0018).
 */
export async function takeSignals(tx: Tx, { limit, onTaken }: TakeOptions): Promise<WaitingSignal[]> {
  const workspaceId = workspaceOf(tx);
  const sent = sending();
  sent.add(lockWorkspace(tx));
  sent.add(walkIndexes(tx, true));
  const taken = sent.add(
    send(
      tx,
      sql<WaitingRow>`
    with waiting as materialized (
      select signal_id, item_ids from signal_queue where workspace_id = ${workspaceId} and parked_at is null order by signal_id limit ${limit})
    select s.id, s.kind, extract(epoch from s.occurred_at)::float8 * 1000 as at, s.payload, coalesce(w.item_ids, s.item_ids) as items, w.item_ids is not null as again, s.client, s.chain,
      ${selectCame}
    from waiting w cross join ${signalOf(tx, sql`w.signal_id`)} s
    order by w.signal_id`,
      // A plan from when the tables were almost empty looks through all signals of the workspace for each of the batch.
      { isPrepared: false },
    ),
  );
  sent.add(walkIndexes(tx, false));
  await sent.all();
  const { rows } = await taken;
  onTaken(rows.map(({ id }) => id));
  return rows.map(toWaiting);
}

function toWaiting(row: WaitingRow): WaitingSignal {
  return {
    facts: {
      id: row.id,
      kind: row.kind,
      occurredAt: row.at,
      payload: row.payload,
      chain: row.chain === null ? null : readChain(row.chain),
      person: null,
    },
    itemIds: row.items,
    client: row.client === null ? null : client.parse(row.client),
    again: row.again,
    came: readCame(row),
  };
}

// The queue's statistics are those of some other moment: whoever believes it to be short reads and sorts all of it for each batch.
async function walkIndexes(tx: Tx, isForced: boolean): Promise<void> {
  const others = isForced ? 'off' : 'on';
  await send(
    tx,
    sql`select set_config(way, ${others}, true) from unnest('{enable_sort,enable_seqscan,enable_bitmapscan}'::text[]) way`,
  );
}

/**
 * By item: when the earliest signal came that names it and waits to be decided, in epoch milliseconds. One that names only a client is
 * not known to concern an item before it is decided.
 */
export async function loadEarliestSignals(
  tx: Tx,
  items: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<Pick<WaitingRow, 'id' | 'again' | 'ago' | 'caused'>>`
    select unnest(coalesce(q.item_ids, s.item_ids)) as id, q.item_ids is not null as again, ${selectCame}
    from signal_queue q cross join ${signalOf(tx, sql`q.signal_id`)} s
    where q.workspace_id = ${workspaceOf(tx)} and q.parked_at is null and coalesce(q.item_ids, s.item_ids) && ${arrays.numbers(items)}::bigint[]`.execute(
    tx,
  );
  const earliest = new Map<number, number>();
  for (const { id, ...row } of rows) {
    const moment = momentOf(readCame(row), now);
    earliest.set(id, Math.min(moment, earliest.get(id) ?? moment));
  }
  return earliest;
}

/** The ids alone of what `takeSignals` would take. */
export async function listOldest(tx: Tx, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select signal_id as id from signal_queue where workspace_id = ${workspaceOf(tx)} and parked_at is null order by signal_id limit ${limit}`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

interface WaitingRow {
  readonly id: number;
  readonly kind: string;
  readonly at: number;
  readonly payload: unknown;
  readonly items: number[] | null;
  readonly again: boolean;
  readonly client: unknown;
  readonly chain: unknown;
  readonly ago: number;
  readonly caused: number | null;
}

function readCame({ again, ago, caused }: Pick<WaitingRow, 'again' | 'ago' | 'caused'>): Came {
  // A person has just put it where it is judged now, whenever it came.
  if (again) return { agoMs: 0, causedAt: null };
  return { agoMs: ago < ON_TIME_MS ? 0 : ago, causedAt: caused };
}

// By the database's clock, which has stamped it.
const selectCame = sql`extract(epoch from clock_timestamp() - s.recorded_at)::float8 * 1000 as ago, (
  select extract(epoch from r.due_at)::float8 * 1000 from runs r
  where r.workspace_id = s.workspace_id and r.id = s.cause_run_id and r.started_at > r.due_at + interval '1 second') as caused`;

const client = z.object({
  id: z.number().optional(),
  kind: z.enum(['contact', 'company']).optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  name: z.string().optional(),
});

function readChain(json: unknown): Chain | null {
  return chainColumn.parse(json);
}

/** Counts a failure of a signal that failed alone; the third parks it (semantics.md 1.5). */
export async function countFailure(
  tx: Tx,
  signalId: number,
  failure: { error: string; now: Date },
): Promise<{ parked: boolean }> {
  const { rows } = await sql<{ parked: boolean }>`
    update signal_queue set attempts = attempts + 1, error = ${failure.error.replaceAll('\0', '')},
      parked_at = case when attempts + 1 >= ${ATTEMPTS}::int then ${failure.now}::timestamptz end
    where workspace_id = ${workspaceOf(tx)} and signal_id = ${signalId} returning parked_at is not null as parked`.execute(
    tx,
  );
  return { parked: rows[0]?.parked ?? false };
}

const ATTEMPTS = 3;

export interface Undecidable {
  readonly id: number;
  readonly kind: string;
  readonly recordedAt: Date;
  readonly parkedAt: Date;
  readonly attempts: number;
  readonly error: string;
}

/** The newest first. */
export async function listUndecidable(tx: Tx, page: { limit: number; before: number | null }): Promise<Undecidable[]> {
  const { rows } = await sql<Undecidable>`
    select s.id, s.kind, s.recorded_at as "recordedAt", q.parked_at as "parkedAt", q.attempts, coalesce(q.error, '') as error
    from signal_queue q cross join ${signalOf(tx, sql`q.signal_id`)} s
    where q.workspace_id = ${workspaceOf(tx)} and q.parked_at is not null and (${page.before}::bigint is null or q.signal_id < ${page.before}::bigint)
    order by q.signal_id desc limit ${page.limit}`.execute(tx);
  return rows;
}

/** Back into the queue as if it had never failed; false when it is not parked. */
export async function unpark(tx: Tx, signalId: number): Promise<boolean> {
  const { rows } = await sql`
    update signal_queue set parked_at = null, attempts = 0, error = null
    where workspace_id = ${workspaceOf(tx)} and signal_id = ${signalId} and parked_at is not null returning signal_id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Workspaces with something to decide, the longest waiting first; asked as the system role. */
export async function listWaitingWorkspaces(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ workspace_id: number }>`
    select workspace_id from signal_queue where parked_at is null group by workspace_id order by min(recorded_at)`.execute(
    tx,
  );
  return rows.map((row) => row.workspace_id);
}
