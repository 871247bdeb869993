import { type Reason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { sql } from 'kysely';

/** A reason, or none, with its English words for readers of the API. */
export function worded(reason: Reason | null): { readonly error: string | null; readonly reason: Reason | null } {
  return { error: reason === null ? null : reasonText(reason), reason };
}

/** As a row keeps it. */
export function reasonColumns(reason: Reason | null): { error: string | null; reason: string | null } {
  return { error: worded(reason).error, reason: reason === null ? null : JSON.stringify(reason) };
}

/** The same in the `set` of an update. */
export function setReason(given: Reason) {
  const { error, reason } = reasonColumns(given);
  return sql`error = ${error}, reason = ${reason}::jsonb`;
}
