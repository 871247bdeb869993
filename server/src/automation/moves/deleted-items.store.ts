import { sql } from 'kysely';
import { z } from 'zod';
import type { ItemRow } from '../../crm/items/items.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** What it was like, so that what was decided on it while it was there can be rebuilt (semantics.md 3.7). */
export async function keepDeleted(tx: Tx, item: ItemRow): Promise<void> {
  const { id, type, contactId, companyId, parentId } = item;
  await sql`insert into deleted_items (workspace_id, id, type, contact_id, company_id, parent_id, item)
    values (${workspaceOf(tx)}, ${id}, ${type}, ${contactId}, ${companyId}, ${parentId}, ${JSON.stringify(item)}::jsonb)`.execute(
    tx,
  );
}

export interface DeletedItem {
  readonly row: ItemRow;
  /** When, as `visits_id_seq` counts: it was there for whatever has a lower one. */
  readonly number: number;
}

export async function listDeleted(tx: Tx, ids: readonly number[]): Promise<DeletedItem[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ number: number; item: unknown }>`
    select number, item from deleted_items where workspace_id = ${workspaceOf(tx)} and id = any(${`{${ids.join(',')}}`}::bigint[])
    order by id`.execute(tx);
  return rows.map(({ number, item }) => ({ number, row: kept.parse(item) }));
}

const maybe = z.number().nullable();
const kept = z.object({
  ...{ id: z.number(), type: z.string(), pipelineId: z.number(), stageId: z.number(), visitId: z.number() },
  ...{ title: z.string(), amount: z.string().nullable(), currency: z.string().nullable() },
  ...{ responsibleId: maybe, creatorId: maybe, observerIds: z.array(z.number()) },
  ...{ contactId: maybe, companyId: maybe, parentId: maybe, fields: z.record(z.string(), z.unknown()) },
  ...{ createdAt: z.coerce.date(), updatedAt: z.coerce.date(), hasChildren: z.boolean() },
});
