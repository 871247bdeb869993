import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { send } from '../../platform/workspace-dialect.ts';
import { packValues } from '../facts/room-for-values.ts';

/** An item as it stands in its table. */
export interface ItemRow {
  readonly id: number;
  readonly type: string;
  readonly pipelineId: number;
  readonly stageId: number;
  /** 0: it was put on its stage without a visit. */
  readonly visitId: number;
  readonly title: string;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly responsibleId: number | null;
  readonly creatorId: number | null;
  readonly observerIds: readonly number[];
  readonly contactId: number | null;
  readonly companyId: number | null;
  readonly parentId: number | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly hasChildren: boolean;
}

const columns = sql`id, type, pipeline_id as "pipelineId", stage_id as "stageId", visit_id as "visitId", title, amount, currency,
  responsible_id as "responsibleId", creator_id as "creatorId", observer_ids as "observerIds", contact_id as "contactId",
  company_id as "companyId", parent_id as "parentId", fields, created_at as "createdAt", updated_at as "updatedAt",
  exists (select from items c where c.workspace_id = items.workspace_id and c.parent_id = items.id) as "hasChildren"`;

/** In ascending id; with `lock` they are locked in that order too (semantics.md 4). Unknown ids are left out. */
export async function loadItemRows(
  tx: Tx,
  ids: readonly number[],
  { lock }: { readonly lock: boolean },
): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await send(
    tx,
    sql<Omit<ItemRow, 'fields'> & { fields: unknown }>`
    select ${columns} from items where workspace_id = ${workspaceOf(tx)} and id = any(${`{${ids.join(',')}}`}::bigint[])
    order by id ${lock ? sql`for update` : sql``}`,
  );
  return rows.map((row) => ({ ...row, fields: isRecord(row.fields) ? row.fields : {} }));
}

/** The latest child of each type for each parent: what `{{ invoice.paymentDate }}` means on a deal (semantics.md 5.6). */
export async function loadLatestChildren(tx: Tx, parentIds: readonly number[]): Promise<ItemRow[]> {
  if (parentIds.length === 0) return [];
  const { rows } = await sql<Omit<ItemRow, 'fields'> & { fields: unknown }>`
    select distinct on (parent_id, type) ${columns} from items
    where workspace_id = ${workspaceOf(tx)} and parent_id = any(${`{${parentIds.join(',')}}`}::bigint[])
    order by parent_id, type, id desc`.execute(tx);
  return rows.map((row) => ({ ...row, fields: isRecord(row.fields) ? row.fields : {} }));
}

/**
 * Which of these items' clients have an earlier item on a won stage: the items that are repeats (surroundings.md, CRM). `reach`: which
 * earlier ones count, over `items i`; left out: all.
 */
export async function findRepeats(
  tx: Tx,
  ids: readonly number[],
  reach: RawBuilder<unknown> = sql`true`,
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    select n.id from items n where n.workspace_id = ${workspaceOf(tx)} and n.id = any(${`{${ids.join(',')}}`}::bigint[]) and exists (
      select from items i join stages s on s.workspace_id = i.workspace_id and s.id = i.stage_id and s.kind = 'won'
      where i.workspace_id = n.workspace_id and i.id < n.id and i.type = n.type
        and (i.contact_id = n.contact_id or i.company_id = n.company_id) and ${reach})`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** An item that is about to be made. */
export interface NewItemRow extends Omit<ItemRow, 'id' | 'createdAt' | 'updatedAt' | 'hasChildren'> {
  readonly now: Date;
}

export async function insertItem(tx: Tx, item: NewItemRow): Promise<number> {
  const { id } = await tx
    .insertInto('items')
    .values({
      workspace_id: workspaceOf(tx),
      ...{ type: item.type, pipeline_id: item.pipelineId, stage_id: item.stageId, visit_id: item.visitId },
      ...{ title: item.title, amount: item.amount, currency: item.currency, fields: packValues(item.fields) },
      ...{ responsible_id: item.responsibleId, creator_id: item.creatorId, observer_ids: [...item.observerIds] },
      ...{ contact_id: item.contactId, company_id: item.companyId, parent_id: item.parentId },
      ...{ created_at: item.now, updated_at: item.now, moved_at: item.now },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The columns that people and rules may change. */
export interface ItemColumns {
  readonly title?: string;
  readonly amount?: string | null;
  readonly currency?: string | null;
  readonly responsible_id?: number | null;
  readonly observer_ids?: number[];
  readonly contact_id?: number | null;
  readonly company_id?: number | null;
  readonly fields?: string;
}

export async function updateItem(
  tx: Tx,
  id: number,
  change: { readonly columns: ItemColumns; readonly now: Date },
): Promise<void> {
  await tx
    .updateTable('items')
    .set({ ...change.columns, updated_at: change.now })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

/** With everything that belongs to it alone; what was decided and recorded stays, and so do mail and calls. */
export async function removeItem(tx: Tx, id: number): Promise<void> {
  const workspaceId = workspaceOf(tx);
  await sql`update runs set state = 'cancelled', ended_at = now(), error = 'the item was deleted'
    where workspace_id = ${workspaceId} and visit_id in (select id from visits where workspace_id = ${workspaceId} and item_id = ${id}) and state = 'waiting'`.execute(
    tx,
  );
  // What people were to do about it is still to be done.
  await sql`update tasks set item_id = null where workspace_id = ${workspaceId} and item_id = ${id}`.execute(tx);
  // Its mail and calls stay, on no item; mail says why.
  await sql`update emails set item_id = null where workspace_id = ${workspaceId} and item_id = ${id}`.execute(tx);
  await sql`delete from call_items where workspace_id = ${workspaceId} and item_id = ${id}`.execute(tx);
  await sql`delete from items where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}
