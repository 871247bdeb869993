import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { loadReference } from '../crm/facts/workspace-facts.ts';
import type { Tx } from '../platform/db.ts';
import { conflict } from '../platform/errors.ts';
import { useFiles } from '../platform/files/files.store.ts';
import { missingRight } from '../platform/missing-right.ts';
import { announce } from '../platform/realtime.ts';
import { recordSignals } from '../signals/record-signals.ts';
import { addTaskHistory } from './kept/task-notes.store.ts';
import { columnsOf, type StoredTask, type TaskColumns, type TaskFields } from './kept/task-row.ts';
import { getTask, lockItems, updateTask } from './kept/tasks.store.ts';
import { keepNextPlanned } from './next-planned.ts';
import { checkTask } from './rights/access-task.ts';
import type { TaskActing } from './telling/acting.ts';
import { noteOnTimeline } from './telling/note-on-timeline.ts';
import { payloadOf } from './telling/task-signal.ts';
import { tellOfChange } from './telling/tell-of-task.ts';
import { remindAt } from './times/remind-at.ts';
import { repeatAt } from './times/repeat-at.ts';
import { wakeRunOfTask } from './wake-run-of-task.ts';

export interface TaskChange {
  readonly id: number;
  readonly change: Partial<Omit<TaskFields, 'kind'>>;
  readonly expectedUpdatedAt?: Date | undefined;
}

/**
 * One save: history, one `task.status-changed` signal if the status is another now, recorded with the change that it reports
 * (semantics.md 1.3), and what waits for the task goes on once it is completed (5.9). Throws UserError for what the acting person may not do.
 */
export async function changeTask(
  tx: Tx,
  acting: TaskActing,
  { id, change, expectedUpdatedAt }: TaskChange,
): Promise<StoredTask> {
  const before = await lockTask(tx, id, change.itemId);
  await checkTask(tx, acting.rights, { task: before, verb: 'change' });
  checkUnchanged(before, expectedUpdatedAt);
  const wanted = { ...change, ...(change.status && { status: statusFor(before, change, acting) }) };
  const changed = differencesOf(before, wanted);
  if (changed.length === 0) return before;

  const after = await save(tx, acting, { before, wanted });
  await useFiles(tx, after.fileIds);
  await noteChanges(tx, acting, { before, after, changed });
  if (before.status !== after.status) await reportStatus(tx, acting, { before, after });
  if (after.status === 'completed') await wakeRunOfTask(tx, after, acting.asOf ?? acting.now);
  await replan(tx, acting, { before, after });
  await noteOnTimeline(tx, acting, { before, after });
  await tellOfChange(tx, acting, { before, after });
  announce(tx, { topic: 'tasks', kind: 'changed', task: id });
  return after;
}

async function replan(tx: Tx, acting: TaskActing, { before, after }: Changed): Promise<void> {
  if (after.kind === 'task') return;
  for (const itemId of new Set([before.itemId, after.itemId])) await keepNextPlanned(tx, acting, itemId);
}

/** The items first, the one that it had and the one that it gets, then the task (semantics.md 4). */
async function lockTask(tx: Tx, id: number, itemId: number | null | undefined): Promise<StoredTask> {
  const seen = await getTask(tx, id);
  await lockItems(tx, [seen.itemId, itemId ?? null]);
  return getTask(tx, id, { lock: true });
}

function checkUnchanged({ id, updatedAt }: StoredTask, expected: Date | undefined): void {
  if (expected === undefined || expected.getTime() === updatedAt.getTime()) return;
  throw conflict(
    'changed-meanwhile',
    `Task ${id} was changed at ${updatedAt.toISOString()}, after you had read it; read it again`,
  );
}

/** Where the creator accepts, somebody else's `completed` is a report; only the creator ends it, or an administrator. */
function statusFor(task: StoredTask, { status = task.status }: TaskChange['change'], { byId, rights }: TaskActing) {
  const accepts = task.creatorId === null || task.creatorId === byId || rights === undefined;
  if (status !== 'completed' || !task.needsAcceptance || accepts) return status;
  if (task.status !== 'supposedly-completed') return 'supposedly-completed';
  if (rights.administrator) return status;
  throw missingRight('no-task-accept');
}

const fields = [
  ...(['title', 'description', 'status', 'responsibleId', 'creatorId', 'observerIds', 'needsAcceptance'] as const),
  ...(['deadline', 'reminder', 'checklist', 'itemId', 'parentId', 'fileIds', 'repeat'] as const),
] as const;
type Field = (typeof fields)[number];

function differencesOf(before: StoredTask, wanted: TaskChange['change']): Field[] {
  return fields.filter((field) => wanted[field] !== undefined && !isDeepStrictEqual(before[field], wanted[field]));
}

interface Saving {
  readonly before: StoredTask;
  readonly wanted: TaskChange['change'];
}

async function save(tx: Tx, acting: TaskActing, { before, wanted }: Saving): Promise<StoredTask> {
  const { now } = acting;
  const after: StoredTask = { ...before, ...wanted, updatedAt: now };
  const timed = { ...after, ...closing(before, after, acting), ...(await timesOf(tx, { before, after, now })) };
  const columns: Partial<TaskColumns> = {
    ...columnsOf(wanted),
    ...{ updated_at: now, closed_by: timed.closedBy, closed_at: timed.closedAt },
    ...{ remind_at: timed.remindAt, repeat_at: timed.repeatAt },
    ...(before.deadline?.getTime() !== after.deadline?.getTime() && { overdue_told: false }),
  };
  await updateTask(tx, before.id, columns);
  return timed;
}

function closing(before: StoredTask, after: StoredTask, { byId, now, asOf = now }: TaskActing) {
  if (after.status !== 'completed') return { closedBy: null, closedAt: null };
  return before.status === 'completed' ? {} : { closedBy: byId, closedAt: asOf };
}

interface Times {
  readonly before: StoredTask;
  readonly after: StoredTask;
  readonly now: Date;
}

async function timesOf(tx: Tx, { before, after, now }: Times): Promise<Pick<StoredTask, 'remindAt' | 'repeatAt'>> {
  const { workspace, people } = await loadReference(tx);
  const isOther = (field: Field) => !isDeepStrictEqual(before[field], after[field]);
  const person = people.get(after.responsibleId ?? 0);
  const reminding = { deadline: after.deadline, reminder: after.reminder, person, workspace };
  const again = isOther('deadline') || isOther('reminder') || isOther('responsibleId') || before.status === 'completed';
  const moment = again ? remindAt(reminding) : before.remindAt;
  return {
    // One that has passed before anything was changed has been told already.
    remindAt:
      after.status === 'completed' || (moment !== null && after.deadline !== null && after.deadline < now)
        ? null
        : moment,
    repeatAt: isOther('repeat') ? repeatAt(after.repeat, { from: now, after: now, workspace }) : before.repeatAt,
  };
}

interface Changed {
  readonly before: StoredTask;
  readonly after: StoredTask;
}

async function noteChanges(
  tx: Tx,
  { now, byId, ruleName = null }: TaskActing,
  { before, after, changed }: Changed & { readonly changed: readonly Field[] },
): Promise<void> {
  await addTaskHistory(
    tx,
    changed.map((field) => ({
      ...{ taskId: after.id, at: now, authorId: byId, ruleName },
      ...{ field: names[field] ?? field, from: before[field], to: after[field] },
    })),
  );
}

/** As the contract calls them. */
const names: Readonly<Partial<Record<Field, string>>> = {
  responsibleId: 'responsible',
  creatorId: 'creator',
  observerIds: 'observers',
  itemId: 'item',
  parentId: 'parent',
  fileIds: 'files',
};

async function reportStatus(tx: Tx, acting: TaskActing, { before, after }: Changed): Promise<void> {
  if (after.itemId === null) return;
  await recordSignals(tx, [
    {
      kind: 'task.status-changed',
      sourceKey: `task.status-changed ${after.id} ${randomUUID()}`,
      occurredAt: acting.now,
      payload: await payloadOf(tx, { before, after, byId: acting.byId }),
      items: [after.itemId],
      chain: acting.chain,
      causeRunId: acting.runId ?? null,
    },
  ]);
}
