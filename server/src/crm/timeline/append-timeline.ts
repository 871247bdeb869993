import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

export interface NewTimelineEntry {
  readonly itemId: number;
  /** `comment`, `moved`, `delivery-failed` … */
  readonly kind: string;
  readonly at: Date;
  readonly authorId: number | null;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Any number of entries in one statement. */
export async function appendTimeline(tx: Tx, entries: readonly NewTimelineEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const column = <K extends keyof NewTimelineEntry>(name: K) => entries.map((entry) => entry[name]);
  const data = entries.map((entry) => JSON.stringify(entry.data));
  await sql`
    insert into timeline (workspace_id, item_id, kind, at, author_id, text, data)
    select ${workspaceOf(tx)}, v.item_id, v.kind, v.at, v.author_id, v.text, v.data::jsonb
    from unnest(${column('itemId')}::bigint[], ${column('kind')}::text[], ${column('at')}::timestamptz[], ${column('authorId')}::bigint[],
      ${column('text')}::text[], ${data}::text[]) v (item_id, kind, at, author_id, text, data)`.execute(tx);
}
