import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send } from '../../platform/workspace-dialect.ts';
import { momentOf, type WaitingSignal } from './signal-queue.store.ts';
import type { ClientBook } from './tie-clients.ts';

/** A run whose moment has come and that nobody has carried out yet. */
export interface Overdue {
  readonly itemId: number;
  readonly visitId: number;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** What comes before the next signal of an item: `count` signals can be decided before it. */
interface Before {
  readonly count: number;
  readonly visitIds: readonly number[];
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

/** Sent behind the items' locks. Runs that were due at entry run whatever comes, so nothing waits for them. */
export async function listOverdue(tx: Tx, itemIds: readonly number[], now: Date): Promise<Overdue[]> {
  if (itemIds.length === 0) return [];
  const { rows } = await send(
    tx,
    sql<Overdue>`
    select item_id as "itemId", visit_id as "visitId", extract(epoch from due_at)::float8 * 1000 as "dueAt" from runs
    where workspace_id = ${workspaceOf(tx)} and item_id = any(${arrays.numbers(itemIds)}::bigint[]) and state = 'waiting' and not entry and due_at <= ${now}`,
  );
  return rows;
}

interface Asked {
  readonly book: ClientBook;
  readonly now: Date;
}

/** The first signal that comes after overdue runs of an item that it may reach; null: there is none. */
export function firstAfter(
  overdue: readonly Overdue[],
  signals: readonly WaitingSignal[],
  { book, now }: Asked,
): Before | null {
  const candidates = new Set(book.candidateIds);
  for (const [count, { itemIds, came }] of signals.entries()) {
    const moment = momentOf(came, now);
    const reached = (id: number) => (itemIds === null ? candidates.has(id) : itemIds.includes(id));
    const before = overdue.filter(({ itemId, dueAt }) => dueAt <= moment && reached(itemId));
    if (before.length > 0) return { count, visitIds: [...new Set(before.map(({ visitId }) => visitId))] };
  }
  return null;
}
