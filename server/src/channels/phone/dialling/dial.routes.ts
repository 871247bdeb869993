import { callMade, dialBody, dialLines } from '@signalbox/contract/channels/calls.ts';
import type { Context } from '../../../platform/context.ts';
import { inWorkspace } from '../../../platform/db.ts';
import { type Route, route } from '../../../platform/http/http.ts';
import { dial, listDialling } from './dial.ts';

const tag = 'Calls';

/** `dials`: the providers whose exchanges can ring a phone. */
export const dialRoutes = ({ databases, clock }: Context, dials: ReadonlySet<string>): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/calls/dialling',
    summary: 'The lines on which the caller may have a number called',
    tag,
    access: 'employee',
    answers: { 200: dialLines },
    async handle({ caller }) {
      const lines = await inWorkspace(databases.app, caller.workspaceId, (tx) =>
        listDialling(tx, caller.employeeId, dials),
      );
      return { status: 200, body: { data: lines.map(({ id, name, number }) => ({ id, name, number })) } };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/calls/dial',
    summary: "Have a number called: the exchange rings the caller's phone, then the client's",
    tag,
    access: 'employee',
    body: dialBody,
    answers: { 201: callMade },
    handle: ({ caller, body, write }) =>
      write(async (tx) => ({ status: 201, body: { id: await dial(tx, { caller, body, dials, now: clock.now() }) } })),
  }),
];
