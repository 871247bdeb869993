import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** One field of an item that is different now. */
export interface NewHistoryEntry {
  readonly itemId: number;
  readonly at: Date;
  readonly authorId: number | null;
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly triggerName?: string | null;
  readonly ruleName?: string | null;
  readonly signalId?: number | null;
}

export async function addHistory(tx: Tx, entries: readonly NewHistoryEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    ...{ workspace_id: workspaceOf(tx), item_id: entry.itemId, at: entry.at, author_id: entry.authorId },
    ...{ field: entry.field, from: JSON.stringify(entry.from ?? null), to: JSON.stringify(entry.to ?? null) },
    ...{ trigger_name: entry.triggerName ?? null, rule_name: entry.ruleName ?? null },
    signal_id: entry.signalId ?? null,
  }));
  await tx.insertInto('history').values(rows).execute();
}
