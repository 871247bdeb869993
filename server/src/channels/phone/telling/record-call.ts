import type { Tx } from '../../../platform/db.ts';
import { type NewSignal, recordSignals } from '../../../signals/record-signals.ts';
import type { CallState } from '../kept/call-event.ts';
import { lockItem } from '../kept/call-items.store.ts';
import type { StoredCall } from '../kept/calls.store.ts';
import type { Line } from '../lines/line.ts';
import { showOnItems } from './show-on-items.ts';

interface Change {
  readonly line: Line;
  readonly call: StoredCall;
  /** What it was before; null: it is new. */
  readonly before: CallState | null;
  readonly now: Date;
}

const closed: readonly CallState[] = ['ended', 'missed', 'failed'];

/** The signals of what has just become of a call, in the same transaction; each once, by its source key (semantics.md 1.2). */
export async function recordCall(tx: Tx, { line, call, before }: Change): Promise<void> {
  const isClosed = closed.includes(call.state) && call.state !== before;
  const signals = [
    ...(before === null ? [started(line, call)] : []),
    ...(isClosed ? [call.state === 'missed' ? missed(line, call) : ended(line, call)] : []),
  ];
  if (signals.length === 0) return;
  // A call that was made from an item is that item's, whoever else the client deals with (semantics.md 2.1).
  if (call.item_id !== null) {
    await lockItem(tx, call.item_id);
    await showOnItems(tx, call, { itemIds: [call.item_id], line, isClosed });
  }
  await recordSignals(tx, signals);
}

const started = (line: Line, call: StoredCall): NewSignal => ({
  ...tieOf(call),
  ...{ kind: 'call.started', sourceKey: `call:${call.id}:started`, occurredAt: call.started_at },
  payload: { ...shared(line, call), direction: call.direction },
});

const ended = (line: Line, call: StoredCall): NewSignal => ({
  ...tieOf(call),
  ...{ kind: 'call.ended', sourceKey: `call:${call.id}:ended`, occurredAt: call.ended_at ?? call.started_at },
  payload: {
    ...{ ...shared(line, call), ...followsStart, direction: call.direction, answered: call.answered_at !== null },
    ...{ talkSeconds: call.talk_seconds ?? 0, waitingSeconds: call.waiting_seconds ?? 0, ...codeOf(call) },
  },
});

const missed = (line: Line, call: StoredCall): NewSignal => ({
  ...tieOf(call),
  ...{ kind: 'call.missed', sourceKey: `call:${call.id}:missed`, occurredAt: call.ended_at ?? call.started_at },
  payload: { ...shared(line, call), ...followsStart, waitingSeconds: call.waiting_seconds ?? 0, ...codeOf(call) },
});

// Whether an unknown client becomes a lead was decided when the phone rang; the end of the same call makes no second one.
const followsStart = { followsStart: true };

function shared(line: Line, call: StoredCall) {
  const { employee_id: employee, number } = call;
  return {
    ...{ callId: call.id, line: line.id, countsAt: countsAt(line, call), afterHours: call.after_hours },
    ...(line.number === null ? {} : { lineNumber: line.number }),
    ...(number === null ? {} : { number }),
    ...(employee === null ? {} : { employee }),
  };
}

function countsAt({ incomingCounts, outgoingCounts }: Line, { direction }: StoredCall): 'start' | 'end' {
  return direction === 'incoming' ? incomingCounts : outgoingCounts;
}

const codeOf = ({ status_code: statusCode }: StoredCall) => (statusCode === null ? {} : { statusCode });

function tieOf({ item_id: itemId, number }: StoredCall): Pick<NewSignal, 'items' | 'client'> {
  if (itemId !== null) return { items: [itemId] };
  return number === null ? {} : { client: { phone: number } };
}
