import type { Role } from '@signalbox/contract/people/roles.ts';
import type { Caller, Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { loadPeople } from './employees.store.ts';
import { rightsOf } from './rights/rights.store.ts';
import { listHolders, listRoles, loadMatrixNames, type RoleRow } from './rights/roles.store.ts';
import { summariseRole } from './rights/summarise-role.ts';
import { covers, seesAllOf } from './rights/unite-rights.ts';

/** Every role with who has it, in the order of the screen. */
export async function presentRoles(
  tx: Tx,
  { workspaceId, language, rights: own }: Pick<Caller, 'workspaceId' | 'language' | 'rights'>,
): Promise<Role[]> {
  const holders = await listHolders(tx, workspaceId);
  const people = await loadPeople(
    tx,
    workspaceId,
    holders.map(({ employeeId }) => employeeId),
  );
  const { pipelines } = await loadMatrixNames(tx, workspaceId);
  return (await listRoles(tx, workspaceId)).map((row) => ({
    ...summariseRole(row, language),
    administrator: row.code === 'admin',
    rights: rightsOf(row),
    secondFactor: row.secondFactor,
    ...mayWith(own, row, pipelines),
    people: holders.filter(({ roleId }) => roleId === row.id).flatMap(({ employeeId }) => people.get(employeeId) ?? []),
  }));
}

function mayWith(own: Rights, role: RoleRow, typeOf: ReadonlyMap<number, string>) {
  const administrator = role.code === 'admin';
  const theirs = rightsOf(role);
  const giveable = own.administrator || (!administrator && covers(own, theirs, typeOf));
  return {
    giveable: own.areas.people && giveable,
    seeable: own.areas.people && seesAllOf(own, { administrator, ...theirs }, typeOf),
  };
}
