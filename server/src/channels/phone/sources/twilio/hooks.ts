import type { Tx } from '../../../../platform/db.ts';
import { UserError } from '../../../../platform/errors.ts';
import { applyCallEvent } from '../../calls/apply-call-event.ts';
import type { CallEvent } from '../../kept/call-event.ts';
import type { StoredCall } from '../../kept/calls.store.ts';
import { orderRecording } from '../../recordings/order-recording.ts';
import { announcementOf } from './announcement.ts';
import { callIdOf } from './find-call.ts';
import { phonesOf, type TwilioLine } from './twilio-line.ts';
import { dialTwiml, hangupTwiml, rejectTwiml, sayTwiml } from './twiml.ts';

/** A request that is known to come from Twilio. */
export interface Hook {
  readonly twilio: TwilioLine;
  readonly known: StoredCall | undefined;
  /** What we wrote into the address ourselves. */
  readonly query: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  /** Where the hooks of the line are. */
  readonly base: string;
  readonly now: Date;
}

type Told = Omit<CallEvent, 'sourceCallId' | 'at'>;

function tell(tx: Tx, hook: Hook, event: Told) {
  const { twilio, now } = hook;
  return applyCallEvent(tx, twilio.line, { sourceCallId: callIdOf(hook), at: now, ...event }, { now });
}

/** A client calls: everybody on the line rings. */
export async function ringEmployees(tx: Tx, hook: Hook): Promise<string> {
  const { twilio, fields, base, known } = hook;
  if (callIdOf(hook) === '') throw noCall();
  if (known?.ended_at != null) return hangupTwiml();
  await tell(tx, hook, { kind: 'ringing', direction: 'incoming', number: fields.From ?? null });
  const phones = await phonesOf(tx, twilio);
  if (phones.length === 0) {
    await tell(tx, hook, { kind: 'ended', outcome: 'missed', statusCode: 'no phone to ring' });
    return rejectTwiml();
  }
  return dialTwiml({
    phones: phones.map(({ employee, phone }) => ({ phone, statusUrl: `${base}/leg?employee=${employee}` })),
    announcement: await announcementOf(tx, twilio),
    ...{ actionUrl: `${base}/ended`, ringSeconds: twilio.ringSeconds },
    recordingUrl: twilio.isRecorded ? `${base}/recording` : undefined,
  });
}

/** The employee who clicked on a number has taken their phone. */
export async function connectClient(_: Tx, { twilio, known, base }: Hook): Promise<string> {
  const call = known?.source_call_id;
  if (known?.number == null || call === undefined || known.ended_at !== null) return hangupTwiml();
  const ours = `call=${encodeURIComponent(call)}`;
  return dialTwiml({
    phones: [
      {
        phone: { kind: 'Number', address: known.number },
        statusUrl: `${base}/leg?${ours}&employee=${known.employee_id}`,
        announceUrl: twilio.isRecorded ? `${base}/announce?${ours}` : undefined,
      },
    ],
    ...{ actionUrl: `${base}/ended?${ours}`, ringSeconds: 60, callerId: twilio.line.number ?? undefined },
    recordingUrl: twilio.isRecorded ? `${base}/recording?${ours}` : undefined,
  });
}

/** The client who is called from the screen has answered, and hears first that they are recorded. */
export async function announceRecording(tx: Tx, { twilio }: Hook): Promise<string> {
  return sayTwiml(await announcementOf(tx, twilio));
}

const legKinds: Readonly<Record<string, Told['kind']>> = {
  ...{ initiated: 'ringing', queued: 'ringing', ringing: 'ringing', 'in-progress': 'answered', answered: 'answered' },
  ...{
    completed: 'leg-ended',
    busy: 'leg-ended',
    'no-answer': 'leg-ended',
    failed: 'leg-ended',
    canceled: 'leg-ended',
  },
};

/** One phone: of an incoming call an employee's, of an ordered one the client's, who is talked to by the employee. */
export async function noteLeg(tx: Tx, hook: Hook): Promise<null> {
  const { query, fields, known } = hook;
  const kind = legKinds[fields.CallStatus ?? ''];
  const employee = Number(query.employee);
  if (known === undefined || kind === undefined || !Number.isSafeInteger(employee)) return null;
  const leg = known.direction === 'outgoing' ? `employee-${employee}` : (fields.CallSid ?? `employee-${employee}`);
  await tell(tx, hook, { kind, direction: known.direction, leg, employee: { id: employee } });
  return null;
}

/** Twilio asks what comes next: nothing. */
export async function endDial(tx: Tx, hook: Hook): Promise<string> {
  const { fields, known } = hook;
  if (known === undefined) return hangupTwiml();
  const status = fields.DialCallStatus ?? '';
  const isAnswered = status === 'completed' || status === 'answered';
  const unanswered = known.direction === 'incoming' ? 'missed' : 'failed';
  await tell(tx, hook, {
    ...{ kind: 'ended', outcome: isAnswered ? 'answered' : unanswered, statusCode: status },
    talkSeconds: isAnswered ? Number(fields.DialCallDuration ?? 0) : 0,
  });
  return hangupTwiml();
}

const over = ['completed', 'busy', 'no-answer', 'failed', 'canceled'];

/** The client's call, or the employee's of an ordered one, is over, whoever put it down. */
export async function noteStatus(tx: Tx, hook: Hook): Promise<null> {
  const status = hook.fields.CallStatus ?? '';
  if (hook.known !== undefined && over.includes(status)) await tell(tx, hook, { kind: 'ended', statusCode: status });
  return null;
}

export async function noteRecording(tx: Tx, { known, fields, now }: Hook): Promise<null> {
  const { RecordingUrl: url, RecordingStatus: status = 'completed' } = fields;
  if (known !== undefined && url !== undefined && status === 'completed')
    await orderRecording(tx, { callId: known.id, url: `${url}.mp3`, now });
  return null;
}

function noCall(): UserError {
  return new UserError({ status: 422, code: 'invalid', title: 'Invalid request', detail: 'CallSid is missing' });
}
