import { call, calls, callsQuery } from '@signalbox/contract/channels/calls.ts';
import { idParams } from '@signalbox/contract/common.ts';
import { accessItem } from '../../access/access-item.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { accessCall } from './calls/access-call.ts';
import { presentCalls } from './calls/present-calls.ts';
import { listCalls } from './kept/list-calls.store.ts';

const tag = 'Calls';

export const callRoutes = (context: Context): Route[] => [list(context), show(context)];

const list = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/calls',
    summary: 'Calls, newest first; `unreturned=1`: missed ones that nobody has returned',
    tag,
    access: 'employee',
    query: callsQuery,
    answers: { 200: calls },
    async handle({ caller, query: { limit, cursor, client, unreturned, ...filter } }) {
      const asked = { ...filter, client: clientOf(client), unreturned: unreturned === '1', limit: limit + 1 };
      const before = parseIdCursor(cursor) ?? null;
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        if (filter.item !== undefined) await accessItem(tx, caller, filter.item, 'read');
        const rows = await listCalls(tx, { ...asked, before }, caller.rights);
        const shown = await presentCalls(tx, rows, caller.rights);
        return pageOf(shown, limit, { show: (one) => one, cursor: (one) => [one.id] });
      });
      return { status: 200, body };
    },
  });

const show = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/calls/:id',
    summary: 'One call',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: call },
    async handle({ caller, params }) {
      const [body] = await inWorkspace(databases.app, caller.workspaceId, async (tx) =>
        presentCalls(tx, [await accessCall(tx, caller, params.id)], caller.rights),
      );
      return { status: 200, body };
    },
  });

function clientOf(asked: string | undefined): { kind: 'contact' | 'company'; id: number } | undefined {
  if (asked === undefined) return undefined;
  const [id = '', kind] = asked.split(':').reverse();
  return { kind: kind === 'company' ? 'company' : 'contact', id: Number(id) };
}
