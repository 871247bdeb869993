import type { Chain } from '@signalbox/automation/kit/facts.ts';
import { type RawBuilder, sql } from 'kysely';
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
  /** What its items must be, where the recorder looks for them; those of another type are not there. */
  readonly itemType?: string | undefined;
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
export async function recordSignals(tx: Tx, given: readonly NewSignal[]): Promise<readonly Recorded[]> {
  return (await record(tx, given, { looksForItems: false, turn: null }))?.answers ?? [];
}

/** A signal as it has just been recorded. */
export interface FreshSignal extends NewSignal {
  readonly id: number;
  /** As the database keeps it. */
  readonly payload: object;
}

export interface RecordedAll {
  readonly answers: readonly Recorded[];
  /** What the caller has to decide, or to queue: new signals in the order of their ids. Empty when it is not the caller's turn. */
  readonly fresh: readonly FreshSignal[];
}

/** Asks whether it is the caller's turn to decide what it records; asked before anything is locked. Null: it never is. */
export type AskTurn = RawBuilder<boolean> | null;

/**
 * The same when it is not known whether the items that the signals name are there: these are locked in the same statement, so that
 * the next signal of one of them gets its id after this commit (semantics.md 1.4). Null: one is not there, nothing is recorded.
 */
export async function recordSignalsOfItems(
  tx: Tx,
  given: readonly NewSignal[],
  turn: AskTurn,
): Promise<RecordedAll | null> {
  return record(tx, given, { looksForItems: true, turn });
}

/** Leaves to the engine what was recorded in this transaction, and wakes it after the commit. */
export async function queueSignals(tx: Tx, fresh: readonly FreshSignal[]): Promise<void> {
  await sql`
    insert into signal_queue (workspace_id, signal_id, recorded_at)
    select workspace_id, id, recorded_at from signals
    where workspace_id = ${workspaceOf(tx)} and id = any(${arrays.numbers(fresh.map(({ id }) => id))}::bigint[])`.execute(
    tx,
  );
  ringAfterCommit(tx);
}

interface Recording {
  readonly looksForItems: boolean;
  readonly turn: AskTurn;
}

async function record(tx: Tx, given: readonly NewSignal[], recording: Recording): Promise<RecordedAll | null> {
  if (given.length === 0) return { answers: [], fresh: [] };
  const signals = given.map((signal) => ({ ...signal, sourceKey: storableKey(signal.sourceKey) }));
  const rows = await insertSignals(tx, signals, recording);
  if (rows[0]?.all_there !== true) return null;

  const isTurn = rows[0].is_turn;
  const made = madeOf(rows, signals);
  // A concurrent first delivery is committed by now: the insert has waited for it.
  const missing = signals.filter(({ sourceKey }) => !made.has(sourceKey)).map(({ sourceKey }) => sourceKey);
  const earlier = await findRecorded(tx, missing);
  if (made.size > 0 && !isTurn) ringAfterCommit(tx);
  for (const { id } of made.values()) announce(tx, { topic: 'signals', kind: 'recorded', signal: id });
  return {
    answers: signals.map(({ sourceKey }) => answer(sourceKey, made, earlier)),
    fresh: isTurn ? [...made.values()] : [],
  };
}

/** By source key; of two equal ones in one call the first was recorded. */
function madeOf(rows: readonly RecordedRow[], signals: readonly NewSignal[]): ReadonlyMap<string, FreshSignal> {
  const given = new Map(signals.toReversed().map((signal) => [signal.sourceKey, signal]));
  return new Map(
    rows.flatMap(({ id, source_key, payload }): [string, FreshSignal][] => {
      const signal = given.get(source_key ?? '');
      return id === null || signal === undefined
        ? []
        : [[signal.sourceKey, { ...signal, id, payload: payload ?? signal.payload }]];
    }),
  );
}

function answer(
  sourceKey: string,
  made: ReadonlyMap<string, FreshSignal>,
  earlier: ReadonlyMap<string, number>,
): Recorded {
  const id = made.get(sourceKey)?.id;
  if (id === undefined) return { id: earlier.get(sourceKey) ?? lost(sourceKey), repeated: true };
  // The second of two equal ones in one call is a repetition like any other.
  return { id, repeated: false };
}

function lost(sourceKey: string): never {
  throw new Error(`signal ${sourceKey} was neither recorded nor found`);
}

interface RecordedRow {
  readonly all_there: boolean;
  readonly is_turn: boolean;
  /** Null: nothing was recorded. */
  readonly id: number | null;
  readonly source_key: string | null;
  /** Null when it was queued: who decides reads it then. */
  readonly payload: object | null;
}

async function insertSignals(
  tx: Tx,
  signals: readonly NewSignal[],
  { looksForItems, turn }: Recording,
): Promise<readonly RecordedRow[]> {
  const { rows } = await sql<RecordedRow>`
    with turn as materialized (select ${turn ?? sql`false`} as is_turn),
    locked as materialized (${looksForItems ? lockOf(tx, signals) : nothingToLock}),
    tied as materialized (select ${looksForItems ? areAllThere(signals) : sql`true`} as all_there),
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
      returning id, source_key, recorded_at, payload
    ), queued as (
      insert into signal_queue (workspace_id, signal_id, recorded_at)
      select ${workspaceOf(tx)}, id, recorded_at from recorded where not (select is_turn from turn)
    )
    select all_there, is_turn, id, source_key, case when is_turn then payload end as payload
    from turn, tied left join recorded on true order by id`.execute(tx);
  return rows;
}

const nothingToLock = sql`select 1 where false`;

// The turn comes first: who decides in a workspace has its lock before any item's (semantics.md 4).
function lockOf(tx: Tx, signals: readonly NewSignal[]) {
  const items = [...new Set(signals.flatMap(({ items }) => items ?? []))];
  return sql`select id, type from items where (select is_turn from turn) is not null
    and workspace_id = ${workspaceOf(tx)} and id = any(${arrays.numbers(items)}::bigint[]) order by id for no key update`;
}

function areAllThere(signals: readonly NewSignal[]) {
  const wanted = signals.flatMap(({ items = [], itemType = null }) => items.map((id) => ({ id, itemType })));
  return sql<boolean>`not exists (
    select from unnest(${arrays.numbers(wanted.map(({ id }) => id))}::bigint[], ${arrays.texts(wanted.map(({ itemType }) => itemType))}::text[]) as w (id, type)
    where not exists (select from locked l where l.id = w.id and l.type = coalesce(w.type, l.type)))`;
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
