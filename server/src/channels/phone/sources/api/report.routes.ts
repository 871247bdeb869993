import { call, callBody, callMade, callPatch } from '@signalbox/contract/channels/calls.ts';
import { idParams } from '@signalbox/contract/common.ts';
import type { Context } from '../../../../platform/context.ts';
import { type Route, route } from '../../../../platform/http/http.ts';
import { accessCall, changeCall } from '../../calls/access-call.ts';
import { presentCalls } from '../../calls/present-calls.ts';
import { changeReported } from './change-reported.ts';
import { reportCall } from './report-call.ts';

const tag = 'Calls';

/** The simplest exchange: a call begins, is answered, ends. */
export const reportRoutes = (context: Context): Route[] => [begin(context), change(context)];

const begin = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/calls',
    summary: 'A call begins on a line of the sandbox, or of an exchange that tells of its calls over HTTP',
    tag,
    access: 'employee',
    body: callBody,
    answers: { 201: callMade },
    handle: ({ caller, body, write }) =>
      write(async (tx) => ({ status: 201, body: { id: await reportCall(tx, { caller, body, now: clock.now() }) } })),
  });

const change = ({ clock }: Context) =>
  route({
    method: 'PATCH',
    path: '/api/v1/calls/:id',
    summary: 'A call is answered or ends; what was talked about',
    tag,
    access: 'employee',
    params: idParams,
    body: callPatch,
    answers: { 200: call },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const before = await changeCall(tx, caller, params.id);
        await changeReported(tx, before, { caller, body, now: clock.now() });
        const [shown] = await presentCalls(tx, [await accessCall(tx, caller, params.id)], caller.rights);
        return { status: 200, body: shown };
      }),
  });
