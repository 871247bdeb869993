import { standardTypes } from '@signalbox/contract/common.ts';
import { hideable, neverHidden, type RoleRights } from '@signalbox/contract/people/rights.ts';
import { differences } from '../audit/differences.ts';
import { type Act, record } from '../audit/record.ts';
import type { Caller } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { conflict, type FieldError, invalid, notFound } from '../platform/errors.ts';
import { announce } from '../platform/realtime.ts';
import { rightsOf } from './rights/rights.store.ts';
import {
  deleteRole,
  insertRole,
  listHolders,
  listRoles,
  loadMatrixNames,
  type MatrixNames,
  type RoleRow,
  updateRole,
} from './rights/roles.store.ts';
import { isOwnName, standardNames } from './rights/standard-roles.ts';
import { summariseRole } from './rights/summarise-role.ts';
import { getWorkspace } from './workspaces.store.ts';

interface RoleChange {
  readonly name?: string | undefined;
  readonly rights?: RoleRights | undefined;
  readonly secondFactor?: boolean | undefined;
}

export async function makeRole(
  tx: Tx,
  { workspaceId }: Caller,
  role: { name: string; rights: RoleRights; secondFactor?: boolean | undefined },
): Promise<number> {
  await checkName(tx, workspaceId, { name: role.name });
  checkMatrix(role.rights, await loadMatrixNames(tx, workspaceId));
  const id = await insertRole(tx, workspaceId, role);
  await record(tx, {
    ...{ kind: 'role-made', on: { kind: 'role', id, name: role.name } },
    changes: differences(null, { rights: role.rights, secondFactor: role.secondFactor === true }),
  });
  announce(tx, { topic: 'rights', kind: 'created', role: id });
  return id;
}

async function nameRole(tx: Tx, workspaceId: number, role: RoleRow): Promise<Act['on']> {
  const { language } = await getWorkspace(tx, workspaceId);
  return { kind: 'role', id: role.id, name: summariseRole(role, language).name };
}

/** Administrators stay what they are: of their role only whether it asks for a second factor is changed, else 409. */
export async function changeRole(
  tx: Tx,
  { workspaceId }: Caller,
  { id, ...change }: RoleChange & { id: number },
): Promise<void> {
  const role = await getRole(tx, workspaceId, id);
  const isMatter = change.name !== undefined || change.rights !== undefined;
  if (role.code === 'admin' && isMatter) throw administratorRole();
  // Called as before anybody renamed it, it is so again in every language.
  const isUsual = change.name !== undefined && isOwnName(role.code, change.name);
  if (change.name !== undefined && !isUsual) await checkName(tx, workspaceId, { name: change.name, own: id });
  if (change.rights !== undefined) checkMatrix(change.rights, await loadMatrixNames(tx, workspaceId));
  const kept = { ...change, ...(isUsual && { name: null }) };
  await updateRole(tx, { workspaceId, id }, kept);
  await record(tx, {
    ...{ kind: 'role-changed', on: await nameRole(tx, workspaceId, role) },
    changes: differences(
      { name: role.name, rights: rightsOf(role), secondFactor: role.secondFactor },
      { ...{ name: role.name, rights: rightsOf(role), secondFactor: role.secondFactor }, ...kept },
    ),
  });
  announce(tx, { topic: 'rights', kind: 'changed', role: id });
}

/** 409 while somebody has it, and for the two roles that newcomers are given. */
export async function removeRole(tx: Tx, { workspaceId }: Caller, id: number): Promise<RoleRow> {
  const role = await getRole(tx, workspaceId, id);
  if (role.code === 'admin') throw administratorRole();
  if (role.code === 'employee')
    throw conflict('first-role', 'Newcomers are given this role; it can be changed, not deleted');
  const count = (await listHolders(tx, workspaceId)).filter(({ roleId }) => roleId === id).length;
  if (count > 0) {
    const message = `${count} people have this role; give them another one first`;
    throw conflict('role-in-use', message, [{ path: '', code: 'role-in-use', message, params: { count } }]);
  }
  await deleteRole(tx, { workspaceId, id });
  await record(tx, {
    ...{ kind: 'role-deleted', on: await nameRole(tx, workspaceId, role) },
    changes: differences({ rights: rightsOf(role) }, null),
  });
  announce(tx, { topic: 'rights', kind: 'deleted', role: id });
  return role;
}

export async function getRole(tx: Tx, workspaceId: number, id: number): Promise<RoleRow> {
  const found = (await listRoles(tx, workspaceId)).find((one) => one.id === id);
  if (found === undefined) throw notFound(`Role ${id}`);
  return found;
}

const administratorRole = () =>
  conflict('administrator-role', 'Administrators may do everything; this role stays as it is');

async function checkName(tx: Tx, workspaceId: number, { name, own }: { name: string; own?: number }): Promise<void> {
  const others = (await listRoles(tx, workspaceId)).filter(({ id }) => id !== own);
  const taken = [...others.map((one) => one.name), ...standardNames, ...others.map(({ code }) => code)];
  if (!taken.some((one) => one?.toLowerCase() === name.toLowerCase())) return;
  throw conflict('name-taken', `There is a role ${name} already`, [
    { path: 'name', code: 'taken', message: 'Choose another name' },
  ]);
}

function checkMatrix({ items, fields }: RoleRights, known: MatrixNames): void {
  const types = new Set([...standardTypes, ...known.types]);
  const unknown = (path: string, what: string): FieldError => ({
    path,
    code: 'unknown',
    message: `There is no ${what}`,
  });
  const errors = [
    ...Object.keys(items.types)
      .filter((type) => !types.has(type))
      .map((type) => unknown(`rights.items.types.${type}`, `item type ${type}`)),
    ...Object.keys(items.pipelines)
      .filter((id) => !known.pipelines.has(Number(id)))
      .map((id) => unknown(`rights.items.pipelines.${id}`, `pipeline ${id}`)),
    ...Object.entries(fields).flatMap(([owner, limits]) =>
      Object.entries(limits).flatMap(([code, limit]) =>
        canLimit({ owner, code, limit }, { types, known })
          ? []
          : [unknown(`rights.fields.${owner}.${code}`, `field ${code} that can be ${limit}`)],
      ),
    ),
  ];
  if (errors.length > 0) throw invalid(errors);
}

function canLimit(
  { owner, code, limit }: { owner: string; code: string; limit: string },
  { types, known }: { types: ReadonlySet<string>; known: MatrixNames },
): boolean {
  if (known.fields.some(([type, one]) => type === owner && one === code)) return true;
  return types.has(owner) && (hideable.includes(code) || (limit === 'read-only' && neverHidden.includes(code)));
}
