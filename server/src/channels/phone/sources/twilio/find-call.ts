import type { Tx } from '../../../../platform/db.ts';
import { lockCall, type StoredCall } from '../../kept/calls.store.ts';

interface Asked {
  readonly lineId: number;
  readonly query: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** By which a call is known: our own id of an ordered call, else Twilio's of the client's call. */
export function callIdOf({ query, fields }: Pick<Asked, 'query' | 'fields'>): string {
  return query.call ?? fields.ParentCallSid ?? fields.CallSid ?? '';
}

export function findTwilioCall(tx: Tx, asked: Asked): Promise<StoredCall | undefined> {
  return lockCall(tx, { lineId: asked.lineId, sourceCallId: callIdOf(asked) });
}
