import { readableIds } from '../../../access/access-item.ts';
import { hasWhole } from '../../../access/sees-everything.ts';
import type { Caller } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import { notFound } from '../../../platform/errors.ts';
import { missingRight } from '../../../platform/missing-right.ts';
import { listCallItems } from '../kept/call-items.store.ts';
import { findCall, type StoredCall } from '../kept/calls.store.ts';
import { listCalls } from '../kept/list-calls.store.ts';
import { answersLine, loadLine } from '../lines/line.ts';

type Person = Pick<Caller, 'rights' | 'employeeId'>;

/** The only way to a call that a person names: 404 for one they may not see (docs/rights.md). */
export async function accessCall(tx: Tx, { rights }: Pick<Person, 'rights'>, id: number): Promise<StoredCall> {
  const [found] = await listCalls(tx, { ids: [id], before: null, limit: 1 }, rights);
  if (found === undefined) throw notFound(`Call ${id}`);
  return found;
}

/**
 * A call is changed by those whose phones ring on its line while it goes on, by who had it, and by who may change every item,
 * since it moves its client's.
 */
export async function changeCall(tx: Tx, caller: Person, id: number): Promise<StoredCall> {
  const call = await findCall(tx, id);
  if (call === undefined) throw notFound(`Call ${id}`);
  if (hasWhole(caller.rights, 'change') || call.employee_ids.includes(caller.employeeId)) return call;
  const line = await loadLine(tx, call.line_id);
  const isLive = call.state === 'ringing' || call.state === 'answered';
  if (isLive && line !== undefined && answersLine(line, caller.employeeId)) return call;
  const items = await listCallItems(tx, [id]);
  const seen = await readableIds(
    tx,
    caller,
    items.map((item) => item.id),
  );
  if (seen.size > 0 || caller.rights.areas.mail) throw missingRight('no-item-change');
  throw notFound(`Call ${id}`);
}
