import type { Absence } from '@signalbox/contract/people/working-time.ts';
import type { Tx } from '../../platform/db.ts';

export interface NewAbsence {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly createdBy: number;
}

/** Newest first; of one employee, or of everybody. */
export async function listAbsences(
  tx: Tx,
  { workspaceId, employeeId }: { readonly workspaceId: number; readonly employeeId: number | null },
): Promise<Absence[]> {
  const rows = await selectAbsences(tx, workspaceId)
    .$if(employeeId !== null, (query) => query.where('a.employee_id', '=', employeeId))
    .orderBy('a.from_day', 'desc')
    .orderBy('a.id', 'desc')
    .limit(1_000)
    .execute();
  return rows.map(toAbsence);
}

export async function findAbsence(
  tx: Tx,
  { workspaceId, id }: { readonly workspaceId: number; readonly id: number },
): Promise<Absence | undefined> {
  const row = await selectAbsences(tx, workspaceId).where('a.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toAbsence(row);
}

export async function addAbsence(tx: Tx, absence: NewAbsence): Promise<number> {
  const { id } = await tx
    .insertInto('absences')
    .values({
      ...{ workspace_id: absence.workspaceId, employee_id: absence.employeeId, created_by: absence.createdBy },
      ...{ from_day: absence.from, to_day: absence.to, reason: absence.reason },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function deleteAbsence(
  tx: Tx,
  { workspaceId, id }: { readonly workspaceId: number; readonly id: number },
): Promise<void> {
  await tx.deleteFrom('absences').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

function selectAbsences(tx: Tx, workspaceId: number) {
  return tx
    .selectFrom('absences as a')
    .innerJoin('employees as e', (join) =>
      join.onRef('e.workspace_id', '=', 'a.workspace_id').onRef('e.id', '=', 'a.employee_id'),
    )
    .select(['a.id', 'a.from_day', 'a.to_day', 'a.reason', 'e.id as employee_id', 'e.name', 'e.email'])
    .where('a.workspace_id', '=', workspaceId);
}

function toAbsence(row: {
  readonly id: number;
  readonly from_day: string;
  readonly to_day: string;
  readonly reason: string;
  readonly employee_id: number;
  readonly name: string;
  readonly email: string;
}): Absence {
  const employee = { id: row.employee_id, name: row.name, email: row.email };
  return { id: row.id, employee, from: row.from_day, to: row.to_day, reason: row.reason };
}
