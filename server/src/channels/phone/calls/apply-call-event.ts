import { isWorkingTime } from '@signalbox/automation/kit/values/calendar.ts';
import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import { findCalendar, toWorkingCalendar } from '../../../people/working-time/calendar.store.ts';
import { getWorkspace } from '../../../people/workspaces.store.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { CallEvent, CallState } from '../kept/call-event.ts';
import {
  type CallColumns,
  insertCall,
  lockCall,
  markReturned,
  type StoredCall,
  updateCall,
} from '../kept/calls.store.ts';
import { addEvent, type CallFacts, callFold, emptyFold, tellCall } from '../kept/fold-call.ts';
import { keepOrder } from '../kept/keep-order.ts';
import { employeesOf, type Line } from '../lines/line.ts';
import { partyOf } from '../lines/party.ts';
import { announceCall, announceReturned } from '../telling/announce-call.ts';
import { recordCall } from '../telling/record-call.ts';

export interface Applied {
  /** Null: a colleague called a colleague, which is no call of ours. */
  readonly callId: number | null;
  readonly state: CallState | null;
  /** False: all of it was known. */
  readonly changed: boolean;
}

interface Given {
  /** The item that the call is made from: a direct tie (semantics.md 2.1). Counts when the call is new. */
  readonly itemId?: number | null;
}

const MOST_ID = 200;
const MOST_NUMBER = 100;
const MOST_CODE = 40;
const AHEAD_MS = 5 * 60_000;
/** An exchange closes the file a moment after it has said that the call is over. */
const RECORDING_SETTLES_MS = 15_000;

/**
 * What a source tells of a call, with all that follows from it, in the caller's transaction: the call, its signals, what the screens
 * show. Told again, or late, it makes the same call; each signal is recorded once (semantics.md 1.2, 1.3).
 */
export async function applyCallEvent(
  tx: Tx,
  line: Line,
  event: CallEvent,
  { now, itemId = null }: Given & { readonly now: Date },
): Promise<Applied> {
  return applyToCall(tx, line, { events: [checked(event, now)], now, itemId });
}

/** The same of what an exchange told meanwhile of any of its calls: each call is written once, those that were heard of last at the end. */
export async function applyCallEvents(
  tx: Tx,
  line: Line,
  events: readonly CallEvent[],
  { now }: { readonly now: Date },
): Promise<void> {
  const calls = new Map<string, CallEvent[]>();
  for (const event of events.map((one) => checked(one, now))) {
    const earlier = calls.get(event.sourceCallId) ?? [];
    calls.delete(event.sourceCallId);
    calls.set(event.sourceCallId, [...earlier, event]);
  }
  for (const ofCall of calls.values()) await applyToCall(tx, line, { events: ofCall, now, itemId: null });
}

interface Applying {
  /** Of one call. */
  readonly events: readonly CallEvent[];
  readonly itemId: number | null;
  readonly now: Date;
}

async function applyToCall(tx: Tx, line: Line, applying: Applying): Promise<Applied> {
  const applied = await writeCall(tx, line, applying);
  const { callId } = applied;
  const at = new Date(applying.now.getTime() + RECORDING_SETTLES_MS);
  if (callId === null) return applied;
  for (const url of applying.events.flatMap(({ recordings = [] }) => recordings))
    await keepOrder(tx, line, { callId, url, at });
  return applied;
}

async function writeCall(tx: Tx, line: Line, applying: Applying): Promise<Applied> {
  const { now, events } = applying;
  const sourceCallId = events[0]?.sourceCallId ?? '';
  const known = await lockCall(tx, { lineId: line.id, sourceCallId });
  const begun = events.findIndex(({ direction }) => known !== undefined || direction !== 'internal');
  if (begun < 0) return { callId: null, state: null, changed: false };

  const before = known === undefined ? emptyFold : callFold.parse(known.fold);
  const after = events.slice(begun).reduce(addEvent, before);
  if (known !== undefined && JSON.stringify(after) === JSON.stringify(before))
    return { callId: known.id, state: known.state, changed: false };
  const facts = tellCall(after);
  const columns = await columnsOf(tx, line, { facts, known });
  const isNew = before.first === undefined;
  const call =
    known === undefined
      ? await begin(tx, line, { ...applying, columns, sourceCallId, fold: after })
      : { ...known, ...columns };
  // Somebody else has told of it in this moment.
  if (call === undefined) return writeCall(tx, line, applying);
  if (known !== undefined) await updateCall(tx, known.id, { ...columns, fold: after, now });
  await recordCall(tx, { line, call, before: isNew ? null : (known?.state ?? null), now });
  await tellReturned(tx, call, known?.state);
  announceCall(tx, { line, call, isNew });
  return { callId: call.id, state: columns.state, changed: true };
}

// What strangers send is cut to what may be kept; a clock that runs ahead is not believed.
function checked(event: CallEvent, now: Date): CallEvent {
  const ahead = event.at.getTime() - now.getTime() > AHEAD_MS || Number.isNaN(event.at.getTime());
  return {
    ...event,
    at: ahead ? now : event.at,
    sourceCallId: plain(event.sourceCallId, MOST_ID),
    leg: event.leg === undefined ? undefined : plain(event.leg, MOST_ID),
    number: event.number?.slice(0, MOST_NUMBER + 1),
    statusCode: event.statusCode === undefined ? undefined : plain(event.statusCode, MOST_CODE),
  };
}

function plain(text: string, most: number): string {
  return text.toWellFormed().replaceAll('\0', '').slice(0, most).toWellFormed();
}

interface Beginning extends Applying {
  readonly columns: CallColumns;
  readonly sourceCallId: string;
  readonly fold: object;
}

async function begin(tx: Tx, line: Line, beginning: Beginning): Promise<StoredCall | undefined> {
  const { columns, sourceCallId, itemId, fold, now } = beginning;
  const afterHours = line.hours === 'company' && !(await isAtWork(tx, columns.started_at));
  return insertCall(tx, { ...columns, lineId: line.id, sourceCallId, itemId, afterHours, fold, now });
}

async function isAtWork(tx: Tx, at: Date): Promise<boolean> {
  const workspaceId = workspaceOf(tx);
  const calendar = toWorkingCalendar(await findCalendar(tx, workspaceId));
  const { timeZone } = await getWorkspace(tx, workspaceId);
  return isWorkingTime(calendar, timeZone, at.getTime());
}

async function columnsOf(
  tx: Tx,
  line: Line,
  { facts, known }: { facts: CallFacts; known: StoredCall | undefined },
): Promise<CallColumns> {
  const { talked, rang } = facts;
  const number = partyOf(facts.number, line.country);
  const took = employeesOf(line, talked);
  const heard = employeesOf(line, rang);
  return {
    ...{ direction: facts.direction, number, state: facts.state, status_code: facts.statusCode },
    ...(await clientOf(tx, { number, known })),
    employee_id: took.at(-1) ?? (heard.length === 1 ? (heard[0] ?? null) : null),
    employee_ids: took.length > 0 ? took : heard,
    ...{ started_at: facts.startedAt, answered_at: facts.answeredAt, ended_at: facts.endedAt },
    ...{ talk_seconds: facts.talkSeconds, waiting_seconds: facts.waitingSeconds },
  };
}

type Client = Pick<CallColumns, 'contact_id' | 'company_id'>;

async function clientOf(
  tx: Tx,
  { number, known }: { number: string | null; known: (Client & { number: string | null }) | undefined },
): Promise<Client> {
  if (known?.number === number && (known.contact_id !== null || known.company_id !== null))
    return { contact_id: known.contact_id, company_id: known.company_id };
  const found = number === null ? [] : ((await findClients(tx, [number])).get(number) ?? []);
  const contact = found.find(({ kind }) => kind === 'contact');
  const company = found.find(({ kind }) => kind === 'company');
  return { contact_id: contact?.id ?? null, company_id: company?.id ?? contact?.companyId ?? null };
}

// Somebody talked to the client: what that number has missed before is returned, whoever called whom.
async function tellReturned(tx: Tx, call: StoredCall, before: CallState | undefined): Promise<void> {
  if (call.answered_at === null || call.number === null || before === 'answered' || before === 'ended') return;
  const returned = { id: call.id, number: call.number, at: call.answered_at, startedAt: call.started_at };
  for (const id of await markReturned(tx, returned)) announceReturned(tx, id);
}
