import {
  call,
  callStatistics,
  calls,
  callsQuery,
  lineStates,
  liveCalls,
  rebindCallBody,
  statisticsQuery,
} from '@signalbox/contract/channels/calls.ts';
import { idParams } from '@signalbox/contract/common.ts';
import { accessItem } from '../../access/access-item.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { accessCall, changeCall } from './calls/access-call.ts';
import { listLiveCalls } from './calls/live-calls.ts';
import { presentCalls } from './calls/present-calls.ts';
import { rebindCall } from './calls/rebind-call.ts';
import { listLineStates } from './kept/line-states.store.ts';
import { countByHour } from './kept/line-statistics.store.ts';
import { listCalls } from './kept/list-calls.store.ts';

const tag = 'Calls';

export const callRoutes = (context: Context): Route[] => [
  list(context),
  live(context),
  statistics(context),
  lines(context),
  show(context),
  rebind(),
];

const live = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/calls/live',
    summary: "Calls that ring at the caller's, and those that they are in",
    tag,
    access: 'employee',
    answers: { 200: liveCalls },
    async handle({ caller }) {
      const data = await inWorkspace(databases.app, caller.workspaceId, (tx) => listLiveCalls(tx, caller));
      return { status: 200, body: { data } };
    },
  });

const lines = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/calls/lines',
    summary: 'How each line is heard: since when its exchange is connected, and when it last had a call',
    tag,
    access: 'settings',
    answers: { 200: lineStates },
    async handle({ caller }) {
      const rows = await inWorkspace(databases.app, caller.workspaceId, listLineStates);
      const data = rows.map(({ line, connectedSince, lastCallAt }) => ({
        line,
        connectedSince: connectedSince?.toISOString() ?? null,
        lastCallAt: lastCallAt?.toISOString() ?? null,
      }));
      return { status: 200, body: { data } };
    },
  });

const DAY_MS = 86_400_000;

const statistics = ({ databases, clock }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/calls/statistics',
    summary: 'Calls by the hour of the day: answered, missed, outgoing, and how long clients waited',
    tag,
    access: 'mail',
    query: statisticsQuery,
    answers: { 200: callStatistics },
    async handle({ caller, query: { line, days } }) {
      const since = new Date(clock.now().getTime() - days * DAY_MS);
      const data = await inWorkspace(databases.app, caller.workspaceId, (tx) => countByHour(tx, { line, since }));
      return { status: 200, body: { data } };
    },
  });

const rebind = () =>
  route({
    method: 'POST',
    path: '/api/v1/calls/:id/rebind',
    summary: 'Tie a call to another item as well; what it reported is judged there',
    tag,
    access: 'employee',
    params: idParams,
    body: rebindCallBody,
    answers: { 200: call },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const found = await changeCall(tx, caller, params.id);
        await accessItem(tx, caller, body.item, 'change');
        await rebindCall(tx, found, { itemId: body.item, by: caller.employeeId });
        const [shown] = await presentCalls(tx, [await accessCall(tx, caller, params.id)], caller.rights);
        return { status: 200, body: shown };
      }),
  });

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
