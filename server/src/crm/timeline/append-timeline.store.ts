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
