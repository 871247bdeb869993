import type { LiveCall } from '@signalbox/contract/channels/calls.ts';
import { readableIds } from '../../../access/access-item.ts';
import { listEveryChannel } from '../../../connections/channels.store.ts';
import { loadCountry } from '../../../crm/client-book/country.ts';
import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import type { Caller } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import type { StoredCall } from '../kept/calls.store.ts';
import { findLastContact, listOpenItems } from '../kept/client-at-hand.store.ts';
import { listCalls } from '../kept/list-calls.store.ts';
import { withStandIns } from '../kept/stand-ins.store.ts';
import { answersLine, byHttp, type Line, lineOf } from '../lines/line.ts';
import { presentCalls } from './present-calls.ts';

const MOST = 500;
const SHOWN = 5;

/** The calls that ring at somebody's, and those that they are in, with what is good to know before one answers. */
export async function listLiveCalls(tx: Tx, { rights, employeeId }: Caller): Promise<LiveCall[]> {
  const live = await listCalls(tx, { live: true, before: null, limit: MOST }, null);
  if (live.length === 0) return [];
  const home = await loadCountry(tx);
  const ringing = new Set(live.map((call) => call.line_id));
  const lines = new Map<number, Line>();
  for (const channel of await listEveryChannel(tx))
    if (ringing.has(channel.id)) lines.set(channel.id, await withStandIns(tx, lineOf(channel, home)));
  const mine = live.filter((call) => isAtMine(call, lines.get(call.line_id), employeeId)).slice(0, SHOWN);
  const shown: LiveCall[] = [];
  for (const call of await known(tx, mine)) {
    const [plain] = await presentCalls(tx, [call], rights);
    const open = await listOpenItems(tx, call);
    const seen = await readableIds(
      tx,
      { rights },
      open.map(({ id }) => id),
    );
    const lastContact = await findLastContact(tx, call);
    if (plain === undefined) continue;
    shown.push({
      ...plain,
      inBrowser: byHttp.includes(lines.get(call.line_id)?.provider ?? ''),
      openItems: open.filter(({ id }) => seen.has(id)).slice(0, SHOWN),
      lastContact: lastContact?.toISOString() ?? null,
    });
  }
  return shown;
}

/** Nobody's phone rings any more once one of them has taken it. */
function isAtMine(call: StoredCall, line: Line | undefined, employeeId: number): boolean {
  if (line === undefined) return false;
  const isIn = call.employee_ids.includes(employeeId);
  if (call.direction === 'outgoing') return isIn;
  if (call.state === 'answered') return isIn && call.employee_id === employeeId;
  if (call.after_hours && !line.afterHoursCard) return false;
  return isIn || answersLine(line, employeeId);
}

// Whoever was made a contact while the phone rang is known now.
async function known(tx: Tx, calls: readonly StoredCall[]): Promise<StoredCall[]> {
  const unknown = calls.flatMap(({ number, contact_id, company_id }) =>
    number !== null && contact_id === null && company_id === null ? number : [],
  );
  const found = await findClients(tx, unknown);
  return calls.map((call) => {
    const client = found.get(call.number ?? '')?.[0];
    if (client === undefined) return call;
    return client.kind === 'contact'
      ? { ...call, contact_id: client.id, company_id: client.companyId }
      : { ...call, company_id: client.id };
  });
}
