import { isDated } from '@signalbox/automation/kit/field-kinds/index.ts';
import { findFieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { z } from 'zod';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { addJobs, defineTask, type Task } from '../../platform/jobs/jobs.ts';
import { listAwaitedParents } from './awaited.store.ts';
import { rescheduleRuns } from './reschedule-runs.ts';

export const REPLAN_ITEM = 'replan-item';

const payload = z.object({
  workspaceId: z.number().int(),
  itemId: z.number().int(),
  tied: z.string(),
  /** When what is tied to it changed: the job may be late. */
  at: z.iso.datetime().optional(),
});
type Replanning = z.output<typeof payload>;

export function replanItemTask(context: Context): Task {
  return defineTask({ name: REPLAN_ITEM, payload, run: (job) => replanItem(context, job) });
}

/** Computes the moments of an item's waiting runs again after something tied to it has changed, and asks again what they wait for (semantics.md 5.3, 5.6, 5.9). */
export async function replanItem(context: Context, { workspaceId, itemId, tied, at }: Replanning): Promise<void> {
  await inWorkspace(context.databases.app, workspaceId, async (tx) => {
    await loadItemRows(tx, [itemId], { lock: true });
    const now = context.clock.now();
    const asOf = at === undefined ? now : new Date(at);
    await rescheduleRuns(tx, { itemIds: [itemId], changedFields: [`${tied}.`], now, asOf });
  });
}

// A job of its own: to lock the parent here, with the child's lock in hand, would break the order of locks (semantics.md 4).
/** For the parent of an item that has come, gone, or changed a date, and when it did. */
export async function queueReplanOfParent(
  tx: Tx,
  { parentId, type }: Pick<ItemRow, 'parentId' | 'type'>,
  at: Date,
): Promise<void> {
  if (parentId === null) return;
  const job: Replanning = { workspaceId: workspaceOf(tx), itemId: parentId, tied: type, at: at.toISOString() };
  await addJobs(tx, [{ task: REPLAN_ITEM, payload: job }]);
}

/** For the parents of items that have changed otherwise, and when: a condition that is waited for may be about them. */
export async function queueAwaitedParents(tx: Tx, changedAt: ReadonlyMap<number, Date>): Promise<void> {
  for (const parent of await listAwaitedParents(tx, changedAt)) await queueReplanOfParent(tx, parent, parent.at);
}

/** Whether one of the changed fields of an item of this type holds a date. */
export function hasDate(codes: readonly string[], type: string, { fieldsOf }: Pick<Reference, 'fieldsOf'>): boolean {
  return codes.some((code) => {
    const spec = findFieldSpec(fieldsOf(type), code);
    return spec !== undefined && isDated(spec.kind);
  });
}
