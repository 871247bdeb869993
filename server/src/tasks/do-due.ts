import type { Context } from '../platform/context.ts';
import { inSystem, inWorkspace, type Tx } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import { createTask } from './create-task.ts';
import { type Due, type DueTask, listDueTasks } from './kept/due.store.ts';
import { addTaskHistory } from './kept/task-notes.store.ts';
import type { StoredTask } from './kept/task-row.ts';
import { findTask, lockItems, updateTask } from './kept/tasks.store.ts';
import { tellOfDeadline } from './telling/tell-of-task.ts';

const BATCH = 500;
const MINUTE_MS = 60_000;

/** Reminders, deadlines that have passed, and the next ones of what repeats; each in a transaction of its own, once. */
export async function doDueTasks({
  databases,
  clock,
  log,
}: Pick<Context, 'databases' | 'clock' | 'log'>): Promise<void> {
  const now = clock.now();
  for (const due of dues) {
    const found = await inSystem(databases.system, (tx) => listDueTasks(tx, { due, now, limit: BATCH }));
    for (const task of found)
      await inWorkspace(databases.app, task.workspaceId, (tx) => doOne(tx, { due, task, now })).catch(
        (error: unknown) =>
          log.error({ err: error, ...task, due }, 'what was due of a task could not be done; it is tried again'),
      );
  }
}

const dues: readonly Due[] = ['remind', 'overdue', 'repeat'];

interface One {
  readonly due: Due;
  readonly task: DueTask;
  readonly now: Date;
}

/** The item first, then the task, as everybody locks them; what another process has done meanwhile is left alone. */
async function doOne(tx: Tx, { due, task: { id }, now }: One): Promise<void> {
  const seen = await findTask(tx, id);
  if (seen === undefined) return;
  await lockItems(tx, [seen.itemId]);
  const task = await findTask(tx, id, { lock: true });
  if (task === undefined || !isDue[due](task, now)) return;
  await acts[due](tx, task, now);
  announce(tx, { topic: 'tasks', kind: due, task: id });
}

const isDue: Readonly<Record<Due, (task: StoredTask, now: Date) => boolean>> = {
  remind: ({ remindAt }, now) => remindAt !== null && remindAt <= now,
  overdue: ({ deadline, closedAt, overdueTold }, now) =>
    deadline !== null && deadline < now && closedAt === null && !overdueTold,
  repeat: ({ repeatAt }, now) => repeatAt !== null && repeatAt <= now,
};

const acts: Readonly<Record<Due, (tx: Tx, task: StoredTask, now: Date) => Promise<void>>> = {
  async remind(tx, task, now) {
    await updateTask(tx, task.id, { remind_at: null });
    await tellOfDeadline(tx, { task, phrase: 'reminder', to: [task.responsibleId], now });
    await note(tx, task, { field: 'reminded', now });
  },
  async overdue(tx, task, now) {
    await updateTask(tx, task.id, { overdue_told: true });
    await tellOfDeadline(tx, { task, phrase: 'overdue', to: [task.responsibleId, task.creatorId], now });
    await note(tx, task, { field: 'overdue', now });
  },
  repeat: makeNext,
};

function note(tx: Tx, { id, deadline }: StoredTask, { field, now }: { field: string; now: Date }): Promise<void> {
  const to = deadline?.toISOString() ?? null;
  return addTaskHistory(tx, [{ taskId: id, at: now, authorId: null, field, from: null, to, ruleName: null }]);
}

/** The same once more, to be done as long after it is made as the one before; from now on that one repeats. */
async function makeNext(tx: Tx, task: StoredTask, now: Date): Promise<void> {
  await updateTask(tx, task.id, { repeat: null, repeat_at: null });
  const at = task.repeatAt ?? now;
  await createTask(
    tx,
    { byId: null, now, chain: null },
    {
      ...task,
      ...{ status: 'new', madeBy: null, repeatOf: { id: task.id, at } },
      checklist: task.checklist.map(({ text }) => ({ text, done: false })),
      deadline: task.deadline === null ? null : new Date(at.getTime() + allowance(task)),
    },
  );
}

// Whole minutes: a series that is made a second late each time would drift.
function allowance({ deadline, createdAt }: StoredTask): number {
  const wantedMs = (deadline?.getTime() ?? 0) - createdAt.getTime();
  return Math.max(0, Math.ceil(wantedMs / MINUTE_MS) * MINUTE_MS);
}
