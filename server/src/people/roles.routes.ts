import { idParams, noContent } from '@signalbox/contract/common.ts';
import {
  type Role,
  role,
  roleBody,
  rolePatch,
  roles,
  rolesQuery,
  userRights,
} from '@signalbox/contract/people/roles.ts';
import type { Caller, Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { notFound } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOfAll } from '../platform/http/paging.ts';
import { missingRight } from '../platform/missing-right.ts';
import { findEmployee } from './employees.store.ts';
import { presentRoles } from './present-roles.ts';
import { loadRights } from './rights/rights.store.ts';
import { changeRole, makeRole, removeRole } from './save-role.ts';

export const roleRoutes = (context: Context): Route[] => [
  list(context),
  make(),
  change(),
  remove(),
  rightsOfUser(context),
];

const tag = 'Rights';

const list = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/roles',
    summary: 'The roles with their rights, and who has them',
    tag,
    access: 'employee',
    query: rolesQuery,
    answers: { 200: roles },
    async handle({ caller, query }) {
      const all = await inWorkspace(databases.app, caller.workspaceId, (tx) => presentRoles(tx, caller));
      return { status: 200, body: pageOfAll(all, query) };
    },
  });

const make = () =>
  route({
    method: 'POST',
    path: '/api/v1/roles',
    summary: 'Make a role: its whole matrix in one document',
    tag,
    access: 'admin',
    confirmed: true,
    body: roleBody,
    answers: { 201: role },
    handle: ({ caller, body, write }) =>
      write(async (tx) => ({ status: 201, body: await presentOne(tx, caller, await makeRole(tx, caller, body)) })),
  });

const change = () =>
  route({
    method: 'PATCH',
    path: '/api/v1/roles/:id',
    summary: 'Rename a role or replace its matrix; who has it may do so at once',
    tag,
    access: 'admin',
    confirmed: true,
    params: idParams,
    body: rolePatch,
    answers: { 200: role },
    handle: ({ caller, params: { id }, body, write }) =>
      write(async (tx) => {
        await changeRole(tx, caller, { id, ...body });
        return { status: 200, body: await presentOne(tx, caller, id) };
      }),
  });

const remove = () =>
  route({
    method: 'DELETE',
    path: '/api/v1/roles/:id',
    summary: 'Delete a role that nobody has',
    tag,
    access: 'admin',
    confirmed: true,
    params: idParams,
    answers: { 204: noContent },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        await removeRole(tx, caller, params.id);
        return { status: 204 };
      }),
  });

const rightsOfUser = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/users/:id/rights',
    summary: 'What somebody may do, by all their roles together; for themselves and for who manages people',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: userRights },
    async handle({ caller, params }) {
      const { workspaceId, employeeId, rights } = caller;
      const body = await inWorkspace(databases.app, workspaceId, async (tx) => {
        if ((await findEmployee(tx, workspaceId, params.id)) === undefined) throw notFound(`User ${params.id}`);
        if (params.id !== employeeId && !rights.areas.people) throw missingRight('no-people');
        const all = await presentRoles(tx, caller);
        const held = all.filter(({ people }) => people.some(({ id }) => id === params.id));
        const {
          employeeId: _,
          department: __,
          ...theirs
        } = await loadRights(tx, { workspaceId, employeeId: params.id });
        return { roles: held.map(({ id, code, name }) => ({ id, code, name })), rights: theirs };
      });
      return { status: 200, body };
    },
  });

async function presentOne(tx: Tx, caller: Caller, id: number): Promise<Role> {
  const found = (await presentRoles(tx, caller)).find((one) => one.id === id);
  if (found === undefined) throw notFound(`Role ${id}`);
  return found;
}
