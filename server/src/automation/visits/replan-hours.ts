import { z } from 'zod';
import { loadItemRows } from '../../crm/items/items.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { addJobs, defineTask, type Task } from '../../platform/jobs/jobs.ts';
import { CALENDAR, PRESENCE, rescheduleRuns } from './reschedule-runs.ts';
import { listItemsThatWait } from './runs.store.ts';

export const REPLAN_HOURS = 'replan-hours';
const ITEMS_AT_ONCE = 50;

const payload = z.object({ workspaceId: z.number().int(), employeeId: z.number().int().nullable() });
type Replanning = z.output<typeof payload>;

export function replanHoursTask(context: Context): Task {
  return defineTask({ name: REPLAN_HOURS, payload, run: (job) => replanHours(context, job) });
}

/** After this commit: when a person starts, pauses, ends or is on leave, or (null) the calendar has changed (semantics.md 5.4). */
export async function queueReplanOfHours(tx: Tx, employeeId: number | null): Promise<void> {
  const job: Replanning = { workspaceId: workspaceOf(tx), employeeId };
  await addJobs(tx, [{ task: REPLAN_HOURS, payload: job }]);
}

/** Computes the moments of the runs again that wait for the hours of the company or of this person, some items at a time. */
export async function replanHours(context: Context, { workspaceId, employeeId }: Replanning): Promise<void> {
  const changedFields = [employeeId === null ? CALENDAR : PRESENCE];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const from = after;
    after = await inWorkspace(context.databases.app, workspaceId, async (tx) => {
      const itemIds = await listItemsThatWait(tx, { responsibleId: employeeId, after: from, limit: ITEMS_AT_ONCE });
      if (itemIds.length === 0) return undefined;
      await loadItemRows(tx, itemIds, { lock: true });
      await rescheduleRuns(tx, { itemIds, changedFields, now: context.clock.now() });
      return itemIds.at(-1);
    });
  }
}
