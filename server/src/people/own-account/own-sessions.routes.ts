import { shortPage } from '@signalbox/contract/common.ts';
import { ownSessionParams, ownSessions } from '@signalbox/contract/people/own-account.ts';
import type { FastifyRequest } from 'fastify';
import { record } from '../../audit/record.ts';
import { authorBy } from '../../platform/author.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOfAll } from '../../platform/http/paging.ts';
import type { People } from '../people.ts';
import { endSessionsOf, listSessions } from './own-account.store.ts';
import { ownSessionOf } from './own-session-of.ts';

export const ownSessionRoutes = (context: Context, people: People): Route[] => [
  list(context, people),
  endOne(context, people),
  endOthers(context, people),
];

const tag = 'Session';

const list = ({ databases }: Context, people: People) =>
  route({
    method: 'GET',
    path: '/api/v1/me/sessions',
    summary: "Where one's account is signed in",
    tag,
    access: 'employee',
    query: shortPage,
    answers: { 200: ownSessions },
    async handle({ request, query }) {
      const own = await ownSessionOf(people, request);
      const rows = await inSystem(databases.system, (tx) => listSessions(tx, own.accountId));
      const data = rows.map(({ id, ipAddress, userAgent, createdAt, seenAt }) => ({
        ...{ id, current: id === own.sessionId, address: ipAddress ?? '', browser: userAgent ?? '' },
        ...{ createdAt: createdAt.toISOString(), seenAt: seenAt.toISOString() },
      }));
      return { status: 200, body: pageOfAll(data, query) };
    },
  });

const endOne = (context: Context, people: People) =>
  route({
    method: 'DELETE',
    path: '/api/v1/me/sessions/:session',
    summary: "End one of one's sessions",
    tag,
    access: 'employee',
    params: ownSessionParams,
    answers: { 204: null },
    async handle({ caller, params, request }) {
      const { accountId } = await ownSessionOf(people, request);
      const ended = await end(context, { caller, accountId, which: { only: params.session } });
      if (ended === 0) throw notFound('The session');
      return { status: 204 };
    },
  });

const endOthers = (context: Context, people: People) =>
  route({
    method: 'DELETE',
    path: '/api/v1/me/sessions',
    summary: 'Sign out everywhere else',
    tag,
    access: 'employee',
    answers: { 204: null },
    async handle({ caller, request }: { caller: Caller; request: FastifyRequest }) {
      const { accountId, sessionId } = await ownSessionOf(people, request);
      await end(context, { caller, accountId, which: { allBut: sessionId } });
      return { status: 204 };
    },
  });

interface Ending {
  readonly caller: Caller;
  readonly accountId: string;
  readonly which: Parameters<typeof endSessionsOf>[2];
}

function end({ databases }: Context, { caller, accountId, which }: Ending): Promise<number> {
  return inSystem(databases.system, async (tx) => {
    const count = await endSessionsOf(tx, accountId, which);
    const act = { kind: 'sessions-ended', workspaceId: caller.workspaceId, params: { count } } as const;
    if (count > 0) await record(tx, act, authorBy(caller));
    return count;
  });
}
