import { sql } from 'kysely';
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

/** Who or what changed a field of an item last: a person's name, else the trigger's or the rule's. */
export async function findLastAuthor(
  tx: Tx,
  { itemId, field }: { readonly itemId: number; readonly field: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ name: string | null }>`
    select coalesce(h.rule_name, h.trigger_name, e.name) as name
    from history h left join employees e on e.workspace_id = h.workspace_id and e.id = h.author_id
    where h.workspace_id = ${workspaceOf(tx)} and h.item_id = ${itemId} and h.field = ${field}
    order by h.id desc limit 1`.execute(tx);
  return rows[0]?.name ?? undefined;
}

/** The newest entries of an item, of its history and of its timeline; nobody adds one meanwhile, the item is locked. */
export async function findNewest(tx: Tx, itemId: number): Promise<Newest> {
  const { rows } = await sql<Newest>`
    select (select coalesce(max(id), 0) from history where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId}) as history,
      (select coalesce(max(id), 0) from timeline where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId}) as timeline`.execute(
    tx,
  );
  return rows[0] ?? { history: 0, timeline: 0 };
}

export interface Newest {
  readonly history: number;
  readonly timeline: number;
}

/** What was written since takes back a run, and says so. */
export async function markUndoing(
  tx: Tx,
  { itemId, runId, after }: { readonly itemId: number; readonly runId: number; readonly after: Newest },
): Promise<void> {
  await sql`
    with told as (
      update history set undoes_run = ${runId}
      where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId} and id > ${after.history} and undoes_run is null)
    update timeline set data = data || jsonb_build_object('undoes', ${runId}::bigint)
    where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId} and id > ${after.timeline} and kind = 'moved'`.execute(
    tx,
  );
}
