import type { Role } from '@signalbox/contract/people/roles.ts';
import type { Tx } from '../platform/db.ts';
import { loadPeople } from './employees.store.ts';
import { rightsOf } from './rights/rights.store.ts';
import { listHolders, listRoles } from './rights/roles.store.ts';
import { summariseRole } from './rights/summarise-role.ts';

/** Every role with who has it, in the order of the screen. */
export async function presentRoles(
  tx: Tx,
  { workspaceId, language }: { readonly workspaceId: number; readonly language: string },
): Promise<Role[]> {
  const holders = await listHolders(tx, workspaceId);
  const people = await loadPeople(
    tx,
    workspaceId,
    holders.map(({ employeeId }) => employeeId),
  );
  return (await listRoles(tx, workspaceId)).map((row) => ({
    ...summariseRole(row, language),
    administrator: row.code === 'admin',
    rights: rightsOf(row),
    people: holders.filter(({ roleId }) => roleId === row.id).flatMap(({ employeeId }) => people.get(employeeId) ?? []),
  }));
}
