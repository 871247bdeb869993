import type { SpannedDecision } from '@signalbox/automation/engine/decide.ts';
import { toKeptVerdicts } from '@signalbox/automation/engine/verdict-spans.ts';
import { sql } from 'kysely';
import { selectReferenceState } from '../../crm/facts/known-reference.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send, sending } from '../../platform/workspace-dialect.ts';
import { hearerListId, keepHearerLists } from '../verdicts/hearer-lists.store.ts';
import { selectWaiting } from './signal-queue.store.ts';

/** What was decided on one signal and one item; item 0: it reached none. */
export interface DecisionRow {
  readonly itemId: number;
  readonly signalId: number;
  /** The item's pipeline then, and the version of its board; 0: there was none. */
  readonly pipelineId: number;
  readonly boardVersion: number;
  /** The visit, which is the move, that followed. */
  readonly visitId: number | null;
  /** Null: no trigger was asked. */
  readonly judged: Judged | null;
  /** How the item was found, when it was not named (semantics.md 2). */
  readonly note: object | null;
}

export type Judged = Pick<SpannedDecision, 'hearers' | 'spans'>;

/** The columns of the decisions, ready to be sent. */
export interface DecisionColumns {
  readonly columns: readonly string[];
  readonly hearers: ReadonlySet<Judged['hearers']>;
  readonly signalIds: string;
  /** Of those signals, the ones that may have been judged on the same item before (semantics.md 2.5); null: none. */
  readonly againIds: string | null;
}

export function toDecisionColumns(
  rows: readonly DecisionRow[],
  { signalIds, againIds }: { signalIds: readonly number[]; againIds: readonly number[] },
): DecisionColumns {
  return {
    columns: [
      ...[
        arrays.numbers(rows.map((row) => row.itemId)),
        arrays.numbers(rows.map((row) => row.signalId)),
        arrays.numbers(rows.map((row) => row.pipelineId)),
      ],
      ...[
        arrays.numbers(rows.map((row) => row.boardVersion)),
        arrays.numbers(rows.map((row) => row.visitId)),
        arrays.texts(rows.map(({ judged }) => JSON.stringify(toKeptVerdicts(judged?.spans ?? [])))),
      ],
      arrays.texts(rows.map((row) => (row.note === null ? null : JSON.stringify(row.note)))),
      arrays.texts(rows.map(({ judged }) => judged && hearerListId(judged.hearers))),
    ],
    hearers: new Set(rows.flatMap(({ judged }) => judged?.hearers ?? [])),
    signalIds: arrays.numbers(signalIds),
    againIds: againIds.length === 0 ? null : arrays.numbers(againIds),
  };
}

export interface BatchBeginning {
  /** Its place among everything that happens to the items. */
  readonly batch: number;
  /** For visits, each above `batch`. */
  readonly visitIds: readonly number[];
  /** Whether what is remembered of the workspace still holds. */
  readonly referenceState: string | null;
  /** Whether signals wait to be taken; false when that was not asked. */
  readonly isWaiting: boolean;
}

/** Sent behind the items' locks: what happened to them before has a lower number, what happens after it a higher one. */
export async function beginBatch(
  tx: Tx,
  { visits, askWaiting }: { readonly visits: number; readonly askWaiting: boolean },
): Promise<BatchBeginning> {
  const { rows } = await send(
    tx,
    sql<{ numbers: number[]; referenceState: string | null; isWaiting: boolean }>`
    select array(select nextval('visits_id_seq') from generate_series(0, ${visits}::int)) as numbers, ${selectReferenceState} as "referenceState",
      ${askWaiting ? selectWaiting : sql`false`} as "isWaiting"`,
  );
  const [beginning] = rows;
  const [batch, ...visitIds] = beginning?.numbers ?? [];
  if (beginning === undefined || batch === undefined) throw new Error('no batch was begun');
  return { ...beginning, batch, visitIds };
}

/** Keeps the decisions and takes their signals off the queue, in one statement (semantics.md 3.8). */
export async function writeDecisions(
  tx: Tx,
  { columns, hearers, signalIds, againIds }: DecisionColumns,
  { now, batch }: { readonly now: Date; readonly batch: number },
): Promise<void> {
  const workspaceId = workspaceOf(tx);
  const [items, signals, pipelines, versions, visits, verdicts, notes, lists] = columns;
  // Looking for a conflict costs as much as the row, and there is none but after a re-binding.
  const replace = sql`on conflict (workspace_id, item_id, signal_id) do update set decided_at = excluded.decided_at, pipeline_id = excluded.pipeline_id,
    board_version = excluded.board_version, visit_id = coalesce(excluded.visit_id, decisions.visit_id), verdicts = excluded.verdicts, hearers = excluded.hearers, note = excluded.note, batch = excluded.batch`;
  // A signal that a person has bound elsewhere since it was taken stays in the queue.
  const taken =
    againIds === null ? sql`item_ids is null` : sql`(item_ids is null or signal_id = any(${againIds}::bigint[]))`;
  const sent = sending();
  sent.add(keepHearerLists(tx, hearers));
  sent.add(
    send(
      tx,
      sql`
    with kept as (
      insert into decisions (workspace_id, item_id, signal_id, decided_at, pipeline_id, board_version, visit_id, verdicts, hearers, note, batch)
      select ${workspaceId}, item_id, signal_id, ${now}::timestamptz, pipeline_id, board_version, visit_id, verdicts::json, hearers, note::json, ${batch}::bigint
      from unnest(${items}::bigint[], ${signals}::bigint[], ${pipelines}::bigint[], ${versions}::int[], ${visits}::bigint[], ${verdicts}::text[], ${notes}::text[], ${lists}::uuid[])
        as d (item_id, signal_id, pipeline_id, board_version, visit_id, verdicts, note, hearers)
      ${againIds === null ? sql`` : replace}
    )
    delete from signal_queue where workspace_id = ${workspaceId} and signal_id = any(${signalIds}::bigint[]) and ${taken}`,
    ),
  );
  await sent.all();
}
