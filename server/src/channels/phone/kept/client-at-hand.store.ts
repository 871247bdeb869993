import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { StoredCall } from './calls.store.ts';

type Whose = Pick<StoredCall, 'id' | 'contact_id' | 'company_id' | 'number'>;

interface OpenItem {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly stage: string;
}

const MOST = 20;

/** The client's items on open stages, the last changed first. */
export async function listOpenItems(tx: Tx, { contact_id: contact, company_id: company }: Whose): Promise<OpenItem[]> {
  if (contact === null && company === null) return [];
  const { rows } = await sql<OpenItem>`
    select i.id, i.title, i.type, s.name as stage
    from items i join stages s on s.workspace_id = i.workspace_id and s.id = i.stage_id and s.kind = 'open'
    where i.workspace_id = ${workspaceOf(tx)} and (i.contact_id = ${contact}::bigint or i.company_id = ${company}::bigint)
    order by i.updated_at desc limit ${MOST}::int`.execute(tx);
  return rows;
}

/** The last call or message before this one, by what stands on the client's items, and by the number. */
export async function findLastContact(
  tx: Tx,
  { id, contact_id: contact, company_id: company, number }: Whose,
): Promise<Date | null> {
  const here = workspaceOf(tx);
  const { rows } = await sql<{ at: Date | null }>`
    select greatest(
      (select max(c.started_at) from calls c where c.workspace_id = ${here} and c.number = ${number}::text and c.id < ${id}),
      (select max(t.at) from items i join timeline t on t.workspace_id = i.workspace_id and t.item_id = i.id
       where i.workspace_id = ${here} and (i.contact_id = ${contact}::bigint or i.company_id = ${company}::bigint)
         and t.kind in ('email', 'call') and t.data ->> 'call' is distinct from ${String(id)}::text)) as at`.execute(
    tx,
  );
  return rows[0]?.at ?? null;
}
