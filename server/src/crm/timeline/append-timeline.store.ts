import type { TimelineKind } from '@signalbox/contract/timeline.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send } from '../../platform/workspace-dialect.ts';

export interface NewTimelineEntry {
  readonly itemId: number;
  readonly kind: TimelineKind;
  readonly at: Date;
  readonly authorId: number | null;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Any number of entries in one statement, and tells the browsers. */
export async function appendTimeline(tx: Tx, entries: readonly NewTimelineEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await send(
    tx,
    sql`
    insert into timeline (workspace_id, item_id, kind, at, author_id, text, data)
    select ${workspaceOf(tx)}, v.item_id, v.kind, v.at, v.author_id, v.text, v.data::jsonb
    from unnest(${arrays.numbers(entries.map((entry) => entry.itemId))}::bigint[], ${arrays.texts(entries.map((entry) => entry.kind))}::text[],
      ${arrays.times(entries.map((entry) => entry.at))}::timestamptz[], ${arrays.numbers(entries.map((entry) => entry.authorId))}::bigint[],
      ${arrays.texts(entries.map((entry) => entry.text))}::text[], ${arrays.texts(entries.map((entry) => JSON.stringify(entry.data)))}::text[])
      v (item_id, kind, at, author_id, text, data)`,
  );
  for (const item of new Set(entries.map((entry) => entry.itemId)))
    announce(tx, { topic: 'timeline', kind: 'added', item });
}

interface Written {
  readonly itemId: number;
  readonly kinds: readonly TimelineKind[];
  /** What their data say: the run that wrote them, the task or the e-mail that they tell of. */
  readonly of: Readonly<Partial<Record<'run' | 'task' | 'email', number>>>;
}

/** Those of the runs of which an entry of the kind stands there. */
export async function listWritten(
  tx: Tx,
  {
    itemId,
    kind,
    runIds,
  }: { readonly itemId: number; readonly kind: TimelineKind; readonly runIds: readonly number[] },
): Promise<number[]> {
  const { rows } = await sql<{ runId: number }>`
    select distinct (data ->> 'run')::bigint as "runId" from timeline
    where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId} and kind = ${kind}
      and data -> 'run' = any(${arrays.texts(runIds.map(String))}::jsonb[])`.execute(tx);
  return rows.map(({ runId }) => runId);
}

/** Takes entries away again, and tells the browsers; their texts. */
export async function removeTimeline(tx: Tx, { itemId, kinds, of }: Written): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    delete from timeline where workspace_id = ${workspaceOf(tx)} and item_id = ${itemId} and kind = any(${arrays.texts(kinds)}::text[])
      and data @> ${JSON.stringify(of)}::jsonb
    returning text`.execute(tx);
  if (rows.length > 0) announce(tx, { topic: 'timeline', kind: 'removed', item: itemId });
  return rows.map(({ text }) => text);
}
