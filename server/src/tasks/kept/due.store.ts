import { sql } from 'kysely';
import './tables.ts';
import type { Tx } from '../../platform/db.ts';

export type Due = 'remind' | 'overdue' | 'repeat';

export interface DueTask {
  readonly workspaceId: number;
  readonly id: number;
}

const wheres = {
  remind: (now: Date) => sql`remind_at <= ${now} order by remind_at`,
  overdue: (now: Date) => sql`deadline < ${now} and closed_at is null and not overdue_told order by deadline`,
  repeat: (now: Date) => sql`repeat_at <= ${now} order by repeat_at`,
};

/** Of all workspaces, in a transaction of the system role: the earliest first. */
export async function listDueTasks(
  tx: Tx,
  { due, now, limit }: { readonly due: Due; readonly now: Date; readonly limit: number },
): Promise<DueTask[]> {
  const { rows } = await sql<DueTask>`
    select workspace_id as "workspaceId", id from tasks where ${wheres[due](now)} limit ${limit}`.execute(tx);
  return rows;
}
