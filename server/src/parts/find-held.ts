import { listHeld } from '../outbox/outbox.store.ts';
import type { FindRestorable } from './undoing.ts';

/** Of deeds that leave through the outbox those that have not left. */
export const findHeld: FindRestorable<'email' | 'request'> = async ({ tx }, left) => {
  const held = await listHeld(
    tx,
    left.map(({ deed }) => deed.outbox),
  );
  return left.filter(({ deed }) => held.has(deed.outbox)).map(({ runId }) => runId);
};
