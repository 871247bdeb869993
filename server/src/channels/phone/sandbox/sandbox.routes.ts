import { call, clientActBody } from '@signalbox/contract/channels/calls.ts';
import { idParams } from '@signalbox/contract/common.ts';
import type { Context } from '../../../platform/context.ts';
import { notFound } from '../../../platform/errors.ts';
import { type Route, route } from '../../../platform/http/http.ts';
import { accessCall } from '../calls/access-call.ts';
import { applyCallEvent } from '../calls/apply-call-event.ts';
import { presentCalls } from '../calls/present-calls.ts';
import { loadLine } from '../lines/line.ts';

/** What the client does at the other end of a call of the sandbox. */
export const phoneSandboxRoutes = ({ clock }: Context): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/sandbox/calls/:id/client',
    summary: 'The client answers a call of the sandbox, or hangs up',
    tag: 'Sandbox',
    access: 'mail',
    params: idParams,
    body: clientActBody,
    answers: { 200: call },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const found = await accessCall(tx, caller, params.id);
        const line = await loadLine(tx, found.line_id);
        if (line?.provider !== 'sandbox') throw notFound(`Call ${params.id} of the sandbox`);
        const now = clock.now();
        const { source_call_id: sourceCallId, direction, employee_id: id } = found;
        const kind = body.do === 'answer' ? 'answered' : 'ended';
        const employee = kind === 'answered' && id !== null ? { leg: `employee-${id}`, employee: { id } } : {};
        const answers = direction === 'outgoing' || kind === 'ended';
        if (answers && found.ended_at === null)
          await applyCallEvent(tx, line, { sourceCallId, kind, at: now, direction, ...employee }, { now });
        const [shown] = await presentCalls(tx, [await accessCall(tx, caller, params.id)], caller.rights);
        return { status: 200, body: shown };
      }),
  }),
];
