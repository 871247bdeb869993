import { applyCallEvent } from '../../../channels/phone/calls/apply-call-event.ts';
import type { CallEvent } from '../../../channels/phone/kept/call-event.ts';
import { findCall, type StoredCall } from '../../../channels/phone/kept/calls.store.ts';
import type { Line } from '../../../channels/phone/lines/line.ts';
import { orderRecording } from '../../../channels/phone/recordings/order-recording.ts';
import type { Call, MethodResult } from '../rest/method.ts';
import { type Parameters, textOf } from '../rest/parameters.ts';
import { findEmployeeOf } from './employee-of.ts';
import { getRestCall } from './get-call.ts';
import { checkMayTell, inCaller } from './in-caller.ts';
import { clientOf } from './register-call.ts';

/** An incoming call that ended so rang in vain; every other code says that it never came through. */
const unanswered: readonly string[] = ['304', '480', '486', '603', '603-S'];
const DAY_SECONDS = 86_400;

/** The call is over. Told again it answers the same. */
export function finishCall(call: Call): Promise<MethodResult> {
  checkMayTell(call);
  const { parameters, context, caller } = call;
  const now = context.clock.now();
  return inCaller(call, async (tx) => {
    const { stored, line } = await getRestCall(tx, parameters);
    const employeeId = (await findEmployeeOf(tx, { caller, line, parameters })) ?? stored.employee_id;
    for (const event of eventsOf(stored, { parameters, employeeId, now }))
      await applyCallEvent(tx, line, event, { now });
    const url = textOf(parameters, 'record_url') ?? '';
    if (url !== '') await orderRecording(tx, { callId: stored.id, url, now });
    return { result: present((await findCall(tx, stored.id)) ?? stored, { line, parameters }) };
  });
}

interface Finishing {
  readonly parameters: Parameters;
  readonly employeeId: number | null;
  readonly now: Date;
}

function eventsOf(stored: StoredCall, { parameters, employeeId, now }: Finishing): CallEvent[] {
  if (stored.ended_at !== null) return [];
  const talkSeconds = secondsOf(parameters);
  const statusCode = textOf(parameters, 'status_code') || (talkSeconds === 0 ? '304' : '200');
  const sourceCallId = stored.source_call_id;
  const outcome = outcomeOf(statusCode, stored.direction);
  const ended: CallEvent = { sourceCallId, kind: 'ended', at: now, outcome, statusCode, talkSeconds };
  if (outcome !== 'answered' || employeeId === null) return [ended];
  const taken = Math.max(stored.started_at.getTime(), now.getTime() - talkSeconds * 1_000);
  const who = { leg: `user-${employeeId}`, employee: { id: employeeId } };
  return [{ sourceCallId, kind: 'answered', at: new Date(taken), ...who }, ended];
}

function outcomeOf(statusCode: string, direction: StoredCall['direction']): 'answered' | 'missed' | 'failed' {
  if (statusCode === '200') return 'answered';
  return direction === 'incoming' && unanswered.includes(statusCode) ? 'missed' : 'failed';
}

function secondsOf(parameters: Parameters): number {
  const seconds = Number(textOf(parameters, 'duration') ?? 0);
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.round(seconds), 0), DAY_SECONDS) : 0;
}

// Names and types as the reference answers them; what we do not keep is said back as it came.
function present(call: StoredCall, { line, parameters }: { line: Line; parameters: Parameters }) {
  const text = (name: string) => textOf(parameters, name) ?? '';
  return {
    ...{ ID: call.id, CALL_ID: call.source_call_id, EXTERNAL_CALL_ID: null, PORTAL_USER_ID: call.employee_id },
    ...{ PHONE_NUMBER: call.number, PORTAL_NUMBER: line.number ?? line.name },
    ...{ INCOMING: call.direction === 'incoming' ? '2' : '1', CALL_DURATION: call.talk_seconds ?? 0 },
    ...{ CALL_START_DATE: call.started_at.toISOString(), CALL_STATUS: call.state === 'ended' ? 1 : 0 },
    ...{ CALL_VOTE: Number(text('vote')) || 0, COST: Number(text('cost')) || 0, COST_CURRENCY: text('cost_currency') },
    ...{ CALL_FAILED_CODE: call.status_code ?? '', CALL_FAILED_REASON: text('failed_reason') },
    ...{ REST_APP_ID: null, REST_APP_NAME: null, COMMENT: null, CRM_ACTIVITY_ID: call.id, ...clientOf(call) },
  };
}
