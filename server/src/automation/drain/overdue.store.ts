import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send } from '../../platform/workspace-dialect.ts';
import { ON_TIME_MS } from '../visits/runs.store.ts';
import { momentOf, type WaitingSignal } from './signal-queue.store.ts';
import type { ClientBook } from './tie-clients.ts';

/** A run whose moment has come and that nobody has carried out yet. */
export interface Overdue {
  readonly itemId: number;
  readonly visitId: number;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** What comes before signals of a batch: these runs, or if there are none, `count` signals. */
interface Before {
  readonly count: number;
  readonly runs: readonly Overdue[];
}

/** Tells runs of a visit apart that wait for different moments. */
export function momentKey({ visitId, dueAt }: Overdue): string {
  return `${visitId} ${dueAt}`;
}

/** Runs that were due before a signal are carried out before it is decided (semantics.md 5.1): nothing was written. */
export class OverdueFirst extends Error {
  override readonly name = 'OverdueFirst';
  readonly before: Before;

  constructor(before: Before) {
    super('overdue runs come first');
    this.before = before;
  }
}

/** Sent behind the items' locks. What was due at entry has a job of its own, and no signal waits for it unless that is late. */
export async function listOverdue(tx: Tx, itemIds: readonly number[], now: Date): Promise<Overdue[]> {
  if (itemIds.length === 0) return [];
  const { rows } = await send(
    tx,
    sql<Overdue>`
    select item_id as "itemId", visit_id as "visitId", extract(epoch from due_at)::float8 * 1000 + case when entry then ${ON_TIME_MS}::int else 0 end as "dueAt" from runs
    where workspace_id = ${workspaceOf(tx)} and item_id = any(${arrays.numbers(itemIds)}::bigint[]) and state = 'waiting' and due_at <= ${now}`,
  );
  return rows;
}

interface Asked {
  readonly book: ClientBook;
  readonly now: Date;
  /** Runs that were to be carried out first and still wait (`momentKey`): they are not asked for again, unless a signal came before them. */
  readonly tried: ReadonlySet<string>;
}

/**
 * What comes before a signal of an item that it may reach (semantics.md 5.1): the runs that come before any signal of their item, else
 * the signals up to the first that comes after a run; null: nothing does.
 */
export function firstAfter(
  overdue: readonly Overdue[],
  signals: readonly WaitingSignal[],
  { book, now, tried }: Asked,
): Before | null {
  const byItem = Map.groupBy(overdue, ({ itemId }) => itemId);
  const candidates = book.candidateIds.filter((id) => byItem.has(id));
  /** By item: when the earliest of its signals so far came. */
  const reached = new Map<number, number>();
  const runs = new Set<Overdue>();
  let count: number | null = null;
  for (const [index, { itemIds, came }] of signals.entries()) {
    const moment = momentOf(came, now);
    for (const id of itemIds ?? candidates) {
      const before = (byItem.get(id) ?? []).filter(({ dueAt }) => dueAt <= moment);
      const earliest = reached.get(id);
      const waitsForEarlier = ({ dueAt }: Overdue) => earliest !== undefined && earliest < dueAt;
      const left = before.filter((run) => waitsForEarlier(run) || !tried.has(momentKey(run)));
      if (earliest === undefined) for (const run of left) runs.add(run);
      else if (left.length > 0) count ??= index;
      reached.set(id, Math.min(earliest ?? moment, moment));
    }
  }
  if (runs.size > 0) return { count: 0, runs: [...runs] };
  return count === null ? null : { count, runs: [] };
}
