import { idParams, shortPage } from '@signalbox/contract/common.ts';
import { keyParams } from '@signalbox/contract/people/session.ts';
import { keyBody, keyMade, keys } from '@signalbox/contract/people/users.ts';
import { authorBy, sign } from '../platform/author.ts';
import type { Caller, Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { forbidden, notFound } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOfAll } from '../platform/http/paging.ts';
import { recordKey } from './acts/record-key.ts';
import { findEmployee } from './employees.store.ts';
import { createKey, listKeys, presentKey, revokeKey } from './keys.store.ts';
import type { People } from './people.ts';

export const keyRoutes = (context: Context, people: People): Route[] => [
  list(context),
  make(context),
  revoke(context, people),
];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/users/:id/keys',
    summary: 'List the keys of an employee, without their secrets',
    tag: 'People',
    access: 'employee',
    params: idParams,
    query: shortPage,
    answers: { 200: keys },
    async handle({ caller, params, query }) {
      const rows = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        await checkOwnKeys(tx, caller, params.id);
        return listKeys(tx, caller.workspaceId, params.id);
      });
      return { status: 200, body: pageOfAll(rows.map(presentKey), query) };
    },
  });

const make = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/users/:id/keys',
    summary: 'Make an API key or an inbound webhook; the secret is shown once',
    tag: 'People',
    access: 'employee',
    confirmed: true,
    params: idParams,
    body: keyBody.prefault({}),
    answers: { 201: keyMade },
    async handle({ caller, params, body }) {
      const made = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        sign(tx, authorBy(caller));
        const owner = await checkOwnKeys(tx, caller, params.id);
        const expiresAt = body.expiresAt == null ? null : new Date(body.expiresAt);
        const key = await createKey(tx, { ...body, expiresAt, workspaceId: caller.workspaceId, employeeId: params.id });
        await recordKey(tx, 'made', { ...body, id: key.id, owner });
        return key;
      });
      const url = body.kind === 'webhook' ? { url: `${context.config.publicUrl}/rest/${params.id}/${made.key}/` } : {};
      return { status: 201, body: { ...made, ...url } };
    },
  });

const revoke = (context: Context, { gatekeeper }: People) =>
  route({
    method: 'DELETE',
    path: '/api/v1/users/:id/keys/:key',
    summary: 'Revoke a key',
    tag: 'People',
    access: 'employee',
    params: keyParams,
    answers: { 204: null },
    async handle({ caller, params }) {
      await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        sign(tx, authorBy(caller));
        const owner = await checkOwnKeys(tx, caller, params.id);
        const known = (await listKeys(tx, caller.workspaceId, params.id)).find(({ id }) => id === params.key);
        const key = {
          workspaceId: caller.workspaceId,
          employeeId: params.id,
          id: params.key,
          now: context.clock.now(),
        };
        if (known === undefined || !(await revokeKey(tx, key))) throw notFound(`Key ${params.key}`);
        await recordKey(tx, 'revoked', { ...known, owner });
      });
      gatekeeper.forget();
      return { status: 204 };
    },
  });

// One's own keys, or anybody's for an administrator; whose they are by name.
async function checkOwnKeys(tx: Tx, caller: Caller, employeeId: number): Promise<string> {
  const employee = await findEmployee(tx, caller.workspaceId, employeeId);
  if (employee === undefined) throw notFound(`User ${employeeId}`);
  if (employeeId !== caller.employeeId && caller.role !== 'admin') throw forbidden('These are the keys of a colleague');
  return employee.name;
}
