import type { Context } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { deleteOlder } from './audit.store.ts';
import { record } from './record.ts';

/** Deletes what is older than AUDIT_DAYS, and writes down how much of each workspace's log went. Answers how many rows. */
export function pruneAudit({ databases, config }: Context): Promise<number> {
  return inSystem(databases.system, async (tx) => {
    const gone = await deleteOlder(tx, config.auditDays);
    for (const { workspaceId, count } of gone) {
      await record(tx, { kind: 'log-pruned', workspaceId, params: { count, days: config.auditDays } });
    }
    return gone.reduce((sum, { count }) => sum + count, 0);
  });
}
