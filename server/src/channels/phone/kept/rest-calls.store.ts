import { sql } from 'kysely';
import type { Tx } from '../../../platform/db.ts';
import { type StoredCall, selectCalls } from './calls.store.ts';

/** Of a line's calls whose ids begin so, the newest. */
export async function findCallByPrefix(
  tx: Tx,
  { lineId, prefix }: { lineId: number; prefix: string },
): Promise<StoredCall | undefined> {
  return selectCalls(tx)
    .where('line_id', '=', lineId)
    .where(sql<boolean>`starts_with(source_call_id, ${prefix})`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** By the id that the source gave it, on any of the lines. */
export async function findCallOfLines(
  tx: Tx,
  { lineIds, sourceCallId }: { lineIds: readonly number[]; sourceCallId: string },
): Promise<StoredCall | undefined> {
  if (lineIds.length === 0) return undefined;
  return selectCalls(tx)
    .where('line_id', 'in', [...lineIds])
    .where('source_call_id', '=', sourceCallId)
    .executeTakeFirst();
}

interface Repeated {
  readonly lineId: number;
  readonly number: string;
  readonly direction: StoredCall['direction'];
  readonly employeeId: number | null;
  readonly since: Date;
}

/** A call of the same people in the same direction that has not ended. */
export async function findOpenCall(tx: Tx, asked: Repeated): Promise<StoredCall | undefined> {
  const { lineId, number, direction, employeeId, since } = asked;
  return selectCalls(tx)
    .where('line_id', '=', lineId)
    .where('number', '=', number)
    .where('direction', '=', direction)
    .where('state', 'in', ['ringing', 'answered'])
    .where('started_at', '>=', since)
    .where(sql<boolean>`(${employeeId}::bigint is null or ${employeeId}::bigint = any(employee_ids))`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
