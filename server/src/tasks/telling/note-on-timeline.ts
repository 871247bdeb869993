import { appendTimeline } from '../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../platform/db.ts';
import type { StoredTask } from '../kept/task-row.ts';
import type { TaskActing } from './acting.ts';

interface Changed {
  /** Null: it is new. */
  readonly before: StoredTask | null;
  readonly after: StoredTask;
}

/** On the timeline of the task's item: that it came to it, and each status after that (surroundings.md, Timeline). */
export async function noteOnTimeline(tx: Tx, acting: TaskActing, { before, after }: Changed): Promise<void> {
  const { id: task, title, itemId } = after;
  if (itemId === null) return;
  const common = { itemId, at: acting.now, authorId: acting.byId, text: title };
  const data = { task, rule: acting.ruleName ?? null };
  if (before?.itemId !== itemId)
    return appendTimeline(tx, [
      { ...common, kind: 'task', data: { ...data, status: after.status, responsible: after.responsibleId } },
    ]);
  if (before.status !== after.status)
    await appendTimeline(tx, [
      { ...common, kind: 'task-status', data: { ...data, from: before.status, to: after.status } },
    ]);
}
