import type { Context } from '../../../platform/context.ts';
import { inSystem, inWorkspace } from '../../../platform/db.ts';
import { listHeldClicks } from './email-events.store.ts';
import { settleClick } from './record-fetch.ts';

const BATCH = 200;

/** Decides the clicks whose time of waiting is over, each in its own transaction. Two processes that do it at once do it once. */
export async function settleClicks({ databases, clock }: Context): Promise<number> {
  const due = await inSystem(databases.system, (tx) => listHeldClicks(tx, { now: clock.now(), limit: BATCH }));
  for (const { workspaceId, id, emailId } of due)
    await inWorkspace(databases.app, workspaceId, (tx) => settleClick(tx, { id, emailId }));
  return due.length;
}
