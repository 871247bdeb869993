import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import type { StoredCall } from '../kept/calls.store.ts';
import type { Line } from '../lines/line.ts';

interface Told {
  readonly line: Pick<Line, 'employees'>;
  readonly call: Pick<StoredCall, 'id' | 'state' | 'employee_ids'>;
  readonly isNew: boolean;
}

/** The screens hear of it: lists of calls everywhere, the card of the live call only those whose phone rings. */
export function announceCall(tx: Tx, { line, call, isNew }: Told): void {
  const kind = isNew ? 'started' : call.state;
  announce(tx, { topic: 'calls', kind, call: call.id });
  const concerned = new Set([...line.employees.map(({ employee }) => employee), ...call.employee_ids]);
  if (line.employees.length === 0) announce(tx, { topic: 'live-calls', kind, call: call.id });
  else for (const employeeId of concerned) announce(tx, { topic: 'live-calls', kind, call: call.id, employeeId });
}

export function announceReturned(tx: Tx, callId: number): void {
  announce(tx, { topic: 'calls', kind: 'returned', call: callId });
}

export function announceRecording(tx: Tx, callId: number): void {
  announce(tx, { topic: 'calls', kind: 'recording', call: callId });
}
