import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

const HOUR_MS = 3_600_000;

/** One more letter of somebody unknown to a mailbox; how many there are in this hour. Those that come at once are counted one by one. */
export async function countNewSender(tx: Tx, { mailboxId, at }: { mailboxId: number; at: Date }): Promise<number> {
  const { letters } = await tx
    .insertInto('new_senders')
    .values({ workspace_id: workspaceOf(tx), mailbox_id: mailboxId, hour: hourOf(at), letters: 1 })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'mailbox_id', 'hour']).doUpdateSet({ letters: sql`new_senders.letters + 1` }),
    )
    .returning('letters')
    .executeTakeFirstOrThrow();
  return letters;
}

/** Of hours that are over for long. Needs the system role. */
export async function removeOldCounts(tx: Tx, now: Date): Promise<void> {
  await tx
    .deleteFrom('new_senders')
    .where('hour', '<', new Date(now.getTime() - 48 * HOUR_MS))
    .execute();
}

function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}
