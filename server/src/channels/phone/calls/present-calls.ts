import { readReason } from '@signalbox/automation/kit/words/reasons.ts';
import type { Call } from '@signalbox/contract/channels/calls.ts';
import { readableIds } from '../../../access/access-item.ts';
import { listEveryChannel } from '../../../connections/channels.store.ts';
import { loadPeople } from '../../../people/employees.store.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Rights } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import { listCallItems } from '../kept/call-items.store.ts';
import { listClientNames } from '../kept/call-names.store.ts';
import { findCalls, type StoredCall } from '../kept/calls.store.ts';
import { type Heard, listRecordings } from '../kept/recordings.store.ts';

/** Calls with all that belongs to them, a statement a table; of their items those that somebody may see. */
export async function presentCalls(tx: Tx, calls: readonly StoredCall[], rights: Rights): Promise<Call[]> {
  const returning = await findCalls(
    tx,
    calls.flatMap((call) => call.returned_by ?? []),
  );
  const talkedAfter = new Map(returning.map((call) => [call.id, call.employee_id]));
  const everybody = [...calls, ...returning].flatMap((call) => [call.employee_id, ...call.employee_ids]);
  const people = await loadPeople(tx, workspaceOf(tx), everybody);
  const names = new Map((await listEveryChannel(tx)).map(({ id, name }) => [id, name]));
  const clients = await listClientNames(tx, calls);
  const items = await seenItems(tx, calls, rights);
  const recordings = await listRecordings(
    tx,
    calls.map(({ id }) => id),
  );
  const personOf = (id: number | null | undefined) =>
    id === null || id === undefined ? null : (people.get(id) ?? null);
  return calls.map((call) => ({
    ...plain(call),
    ...(seesParty(call, rights) ? {} : { number: null }),
    lineName: names.get(call.line_id) ?? '',
    client: seesParty(call, rights) ? clientOf(call, clients) : null,
    employee: personOf(call.employee_id),
    employees: call.employee_ids.flatMap((id) => personOf(id) ?? []),
    items: (items.get(call.id) ?? []).map(({ id, title, type }) => ({ id, title, type })),
    recording: recordingOf(recordings.get(call.id)),
    returned:
      call.returned_by === null
        ? null
        : {
            call: call.returned_by,
            at: (call.returned_at ?? call.started_at).toISOString(),
            by: personOf(talkedAfter.get(call.returned_by)),
          },
  }));
}

// Who may read no clients sees neither their numbers, but for those they talked to (docs/rights.md).
function seesParty(call: StoredCall, { clients, employeeId }: Rights): boolean {
  return clients.read !== 'none' || call.employee_ids.includes(employeeId);
}

async function seenItems(tx: Tx, calls: readonly StoredCall[], rights: Rights) {
  const items = await listCallItems(
    tx,
    calls.map(({ id }) => id),
  );
  const seen = await readableIds(
    tx,
    { rights },
    items.map(({ id }) => id),
  );
  return Map.groupBy(
    items.filter(({ id }) => seen.has(id)),
    ({ callId }) => callId,
  );
}

function plain(call: StoredCall) {
  return {
    ...{ id: call.id, line: call.line_id, direction: call.direction, number: call.number, state: call.state },
    ...{ startedAt: call.started_at.toISOString(), answeredAt: call.answered_at?.toISOString() ?? null },
    ...{ endedAt: call.ended_at?.toISOString() ?? null, talkSeconds: call.talk_seconds },
    ...{ waitingSeconds: call.waiting_seconds, statusCode: call.status_code },
    ...{ afterHours: call.after_hours, note: call.note },
  };
}

function recordingOf(found: Heard | undefined): Call['recording'] {
  if (found === undefined || found.state === 'deleted') return null;
  const { state, name, size, error } = found;
  return { state, name, size, error, reason: readReason(found.reason) };
}

function clientOf(call: StoredCall, names: ReadonlyMap<string, string>): Call['client'] {
  const kind = call.contact_id === null ? ('company' as const) : ('contact' as const);
  const id = call.contact_id ?? call.company_id;
  const name = names.get(`${kind} ${id}`);
  return id === null || name === undefined ? null : { kind, id, name };
}
