import type { callPatch } from '@signalbox/contract/channels/calls.ts';
import type { z } from 'zod';
import { getPersonId } from '../../../../people/employees.store.ts';
import type { Caller } from '../../../../platform/context.ts';
import type { Tx } from '../../../../platform/db.ts';
import { conflict, notFound } from '../../../../platform/errors.ts';
import { invalidAt } from '../../../../platform/http/field-errors.ts';
import { applyCallEvent } from '../../calls/apply-call-event.ts';
import { lockCall, type StoredCall, setNote } from '../../kept/calls.store.ts';
import { byHttp, loadLine } from '../../lines/line.ts';

interface Changing {
  readonly caller: Caller;
  readonly body: z.output<typeof callPatch>;
  readonly now: Date;
}

/** The same again changes nothing; 409 for a call that has ended or that somebody else has taken, and is to be answered, 422 for what contradicts itself. */
export async function changeReported(tx: Tx, call: StoredCall, { caller, body, now }: Changing): Promise<void> {
  const { state, note, duration, missed } = body;
  if (note !== undefined) await setNote(tx, call.id, note);
  if (state !== 'ended' && (duration !== undefined || missed !== undefined))
    throw invalidAt('state', 'ended-only', 'duration and missed belong to the state "ended"');
  if (missed === true && (duration ?? 0) > 0)
    throw invalidAt('duration', 'missed-has-none', 'A missed call has no talk: leave out duration, or missed');
  if (state === undefined) return;
  const line = await loadLine(tx, call.line_id);
  if (line === undefined) throw notFound(`The line of call ${call.id}`);
  if (!byHttp.includes(line.provider))
    throw invalidAt(
      'state',
      'not-by-http',
      `The line "${line.name}" hears of its calls from ${line.provider}, not by this route`,
    );
  const current = (await lockCall(tx, { lineId: line.id, sourceCallId: call.source_call_id })) ?? call;
  const isOver = current.ended_at !== null;
  if (isOver && state === 'ended') return;
  if (isOver) throw conflict('call-ended', `Call ${call.id} has ended; a new call begins with POST /api/v1/calls`);
  if (state === 'answered') checkFree(current, { caller, body });
  const employeeId = await whoTook(tx, current, { caller, body });
  const said = { sourceCallId: call.source_call_id, at: now, direction: call.direction, statusCode: body.statusCode };
  const event =
    state === 'answered'
      ? { ...said, kind: state, leg: employeeId === null ? undefined : `employee-${employeeId}` }
      : { ...said, kind: state, talkSeconds: duration, outcome: outcomeOf(body) };
  await applyCallEvent(
    tx,
    line,
    { ...event, ...(employeeId !== null && state === 'answered' ? { employee: { id: employeeId } } : {}) },
    { now },
  );
}

function outcomeOf({ missed, duration }: Changing['body']): 'answered' | 'missed' | undefined {
  if (missed === undefined) return duration !== undefined && duration > 0 ? 'answered' : undefined;
  return missed ? 'missed' : 'answered';
}

// Two who take the phone in the same moment are no transfer: the second hears that it is taken.
function checkFree(call: StoredCall, { caller, body }: Omit<Changing, 'now'>): void {
  if (body.employee !== undefined || !isOwnPhone(call, caller) || call.state !== 'answered') return;
  if (call.employee_id === null || call.employee_id === caller.employeeId) return;
  throw conflict('call-taken', `Somebody else has taken call ${call.id}`);
}

const isOwnPhone = ({ direction }: StoredCall, { via }: Caller) => via === 'session' && direction === 'incoming';

// Whoever says in the browser that they took it, took it; a key speaks for an exchange, which names them.
async function whoTook(tx: Tx, call: StoredCall, { caller, body }: Omit<Changing, 'now'>): Promise<number | null> {
  if (body.employee !== undefined) return getPersonId(tx, caller.workspaceId, body.employee, 'employee');
  return isOwnPhone(call, caller) ? caller.employeeId : call.employee_id;
}
