import { idParams, page } from '@signalbox/contract/common.ts';
import { user, userBody, userPatch, users } from '@signalbox/contract/people/users.ts';
import type { Caller, Context } from '../platform/context.ts';
import { inSystem, inWorkspace } from '../platform/db.ts';
import { notFound } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../platform/http/paging.ts';
import { hashNewPassword } from './accounts.ts';
import { createUser, getUser, presentUser } from './create-user.ts';
import { findEmployee, selectUsers } from './employees.store.ts';
import type { People } from './people.ts';
import { updateUser } from './update-user.ts';

export const userRoutes = (context: Context, people: People): Route[] => [
  listUsers(context),
  addUser(context),
  showUser(context),
  changeUser(context, people),
];

const listUsers = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/users',
    summary: 'List the employees',
    tag: 'People',
    access: 'employee',
    query: page,
    answers: { 200: users },
    async handle({ caller, query }) {
      const after = parseIdCursor(query.cursor) ?? 0;
      const rows = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        selectUsers(tx, caller.workspaceId)
          .where('e.id', '>', after)
          .orderBy('e.id')
          .limit(query.limit + 1)
          .execute(),
      );
      return {
        status: 200,
        body: pageOf(rows, query.limit, {
          show: (row) => presentUser(row, caller.language),
          cursor: (row) => [row.id],
        }),
      };
    },
  });

const addUser = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/users',
    summary: 'Add an employee; with a password they can sign in at once',
    tag: 'People',
    access: 'people',
    confirmed: true,
    body: userBody,
    answers: { 201: user },
    async handle({ caller, body }) {
      const passwordHash = await hashFor(context, caller, body);
      return {
        status: 201,
        body: await createUser(context.databases, caller.workspaceId, { ...body, passwordHash, by: caller }),
      };
    },
  });

const showUser = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/users/:id',
    summary: 'An employee',
    tag: 'People',
    access: 'employee',
    params: idParams,
    answers: { 200: user },
    async handle({ caller, params }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        getUser(tx, { ...caller, id: params.id }),
      );
      return { status: 200, body };
    },
  });

const changeUser = (context: Context, { gatekeeper }: People) =>
  route({
    method: 'PATCH',
    path: '/api/v1/users/:id',
    summary: 'Change an employee; `dismissed` ends their sessions and keys',
    tag: 'People',
    access: 'people',
    confirmed: true,
    params: idParams,
    body: userPatch,
    answers: { 200: user },
    async handle({ caller, params, body: { password, ...changes } }) {
      const passwordHash = password === undefined ? null : await hashAnew(context, caller, { id: params.id, password });
      const body = await updateUser(context, caller, { id: params.id, changes, passwordHash });
      gatekeeper.forget();
      return { status: 200, body };
    },
  });

async function hashFor(
  { databases }: Context,
  { workspaceId }: Caller,
  { email, name, password }: { email: string; name: string; password?: string | undefined },
): Promise<string | null> {
  if (password === undefined) return null;
  return hashNewPassword(databases, { password, email, texts: [name], workspaceId });
}

async function hashAnew(
  { databases }: Context,
  { workspaceId }: Caller,
  { id, password }: { id: number; password: string },
): Promise<string> {
  const employee = await inSystem(databases.system, (tx) => findEmployee(tx, workspaceId, id));
  if (employee === undefined) throw notFound(`User ${id}`);
  return hashNewPassword(databases, { password, email: employee.email, workspaceId });
}
