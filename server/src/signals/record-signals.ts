import type { Chain } from '@signalbox/automation/kit/facts.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { announce, ringAfterCommit } from '../platform/realtime.ts';
import { arrays } from '../platform/sql-arrays.ts';

/** Who is tied when no item is named: by id, by e-mail address or by phone number (semantics.md 2.3). */
export interface SignalClient {
  readonly id?: number;
  readonly kind?: 'contact' | 'company';
  readonly email?: string;
  readonly phone?: string;
  /** What to call the contact if one has to be made. */
  readonly name?: string;
}

/** A fact to be recorded (semantics.md 1.1). */
export interface NewSignal {
  readonly kind: string;
  /** Unique in the workspace: the same fact delivered twice is one signal (semantics.md 1.2). */
  readonly sourceKey: string;
  readonly occurredAt: Date;
  readonly payload: object;
  readonly items?: readonly number[];
  readonly client?: SignalClient;
  readonly chain?: Chain | null;
  readonly causeRunId?: number | null;
}

export interface Recorded {
  readonly id: number;
  /** True: the source key was known, and `id` is that of the first delivery. */
  readonly repeated: boolean;
}

/**
 * The only door into the engine: in the transaction of the change that the signals report (semantics.md 1.3).
 * One statement; answers in the given order, and the engine is woken after the commit.
 */
export async function recordSignals(tx: Tx, given: readonly NewSignal[]): Promise<Recorded[]> {
  return (await record(tx, given, null)) ?? [];
}

/**
 * The same when it is not known whether the items that the signals name are there: these are locked in the same statement, so that
 * the next signal of one of them gets its id after this commit (semantics.md 1.4). Null: one is not there, nothing is recorded.
 */
export async function recordSignalsOfItems(tx: Tx, given: readonly NewSignal[]): Promise<Recorded[] | null> {
  return record(tx, given, [...new Set(given.flatMap(({ items }) => items ?? []))]);
}

async function record(
  tx: Tx,
  given: readonly NewSignal[],
  lockedItems: readonly number[] | null,
): Promise<Recorded[] | null> {
  if (given.length === 0) return [];
  const signals = given.map((signal) => ({ ...signal, sourceKey: storableKey(signal.sourceKey) }));
  const made = await insertSignals(tx, signals, lockedItems);
  if (made === null) return null;
  // A concurrent first delivery is committed by now: the insert has waited for it.
  const missing = signals.filter(({ sourceKey }) => !made.has(sourceKey)).map(({ sourceKey }) => sourceKey);
  const earlier = await findRecorded(tx, missing);
  if (made.size > 0) {
    ringAfterCommit(tx);
    for (const id of made.values()) announce(tx, { topic: 'signals', kind: 'recorded', signal: id });
  }
  return signals.map(({ sourceKey }) => answer(sourceKey, made, earlier));
}

function answer(sourceKey: string, made: Map<string, number>, earlier: ReadonlyMap<string, number>): Recorded {
  const id = made.get(sourceKey);
  if (id === undefined) return { id: earlier.get(sourceKey) ?? lost(sourceKey), repeated: true };
  // The second of two equal ones in one call is a repetition like any other.
  return { id, repeated: false };
}

function lost(sourceKey: string): never {
  throw new Error(`signal ${sourceKey} was neither recorded nor found`);
}

async function insertSignals(
  tx: Tx,
  signals: readonly NewSignal[],
  lockedItems: readonly number[] | null,
): Promise<Map<string, number> | null> {
  const { rows } = await sql<{ id: number | null; source_key: string; all_there: boolean }>`
    with locked as materialized (${lockedItems === null ? nothingToLock : lockOf(tx, lockedItems)}),
    tied as materialized (select count(*) = ${lockedItems?.length ?? 0} as all_there from locked),
    recorded as (
      insert into signals (workspace_id, kind, occurred_at, source_key, payload, item_ids, client, chain, cause_run_id)
      select ${workspaceOf(tx)}, kind, occurred_at, source_key, payload::jsonb, item_ids::bigint[], client::jsonb, chain::jsonb, cause_run_id
      from unnest(
        ${arrays.texts(signals.map((one) => one.kind))}::text[],
        ${arrays.times(signals.map((one) => one.occurredAt))}::timestamptz[],
        ${arrays.texts(signals.map((one) => one.sourceKey))}::text[],
        ${arrays.texts(signals.map((one) => storable(one.payload)))}::text[],
        ${arrays.texts(signals.map((one) => (one.items === undefined ? null : `{${one.items.join(',')}}`)))}::text[],
        ${arrays.texts(signals.map((one) => (one.client === undefined ? null : storable(one.client))))}::text[],
        ${arrays.texts(signals.map((one) => (one.chain ? JSON.stringify(one.chain) : null)))}::text[],
        ${arrays.numbers(signals.map((one) => one.causeRunId ?? null))}::bigint[]
      ) with ordinality as given (kind, occurred_at, source_key, payload, item_ids, client, chain, cause_run_id, place)
      where (select all_there from tied)
      order by place
      on conflict (workspace_id, source_key) do nothing
      returning id, source_key, recorded_at
    ), queued as (
      insert into signal_queue (workspace_id, signal_id, recorded_at) select ${workspaceOf(tx)}, id, recorded_at from recorded
    )
    select all_there, id, source_key from tied left join recorded on true`.execute(tx);
  if (rows[0]?.all_there !== true) return null;
  return new Map(rows.flatMap((row) => (row.id === null ? [] : [[row.source_key, row.id]])));
}

const nothingToLock = sql`select 1 where false`;

function lockOf(tx: Tx, items: readonly number[]) {
  return sql`select id from items where workspace_id = ${workspaceOf(tx)} and id = any(${arrays.numbers(items)}::bigint[]) order by id for no key update`;
}

/** By source key: the ids of the signals that have been recorded before (semantics.md 1.2). */
export async function findRecorded(tx: Tx, sourceKeys: readonly string[]): Promise<Map<string, number>> {
  if (sourceKeys.length === 0) return new Map();
  const { rows } = await sql<{ id: number; source_key: string }>`
    select id, source_key from signals
    where workspace_id = ${workspaceOf(tx)} and source_key = any(${arrays.texts(sourceKeys)}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.source_key, row.id]));
}

// The key must come back as it was sent.
function storableKey(key: string): string {
  return key.toWellFormed().replaceAll('\0', '\ufffd');
}

// PostgreSQL's JSON holds neither U+0000 nor half a surrogate pair; a client's message may.
function storable(json: object): string {
  return JSON.stringify(json).replace(/\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '\\ufffd');
}
