import type { Task, TaskComment } from '@signalbox/contract/tasks.ts';
import { listOwned, type OwnedItem } from '../access/owned-items.store.ts';
import { reachesItem } from '../access/reach.ts';
import { loadPeople, type PersonRow } from '../people/employees.store.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { listFiles } from '../platform/files/files.store.ts';
import { countBeside, listItemTitles, type StoredComment } from './kept/task-notes.store.ts';
import type { StoredTask } from './kept/task-row.ts';
import { standingOf } from './rights/reach-task.ts';

interface Shown {
  readonly rights: Rights;
  readonly now: Date;
}

/** Tasks with all that belongs to them, a statement a table; their items if the reader may see them. */
export async function presentTasks(tx: Tx, tasks: readonly StoredTask[], { rights, now }: Shown): Promise<Task[]> {
  const owned = new Map(
    (
      await listOwned(
        tx,
        tasks.flatMap(({ itemId }) => itemId ?? []),
      )
    ).map((one) => [one.id, one]),
  );
  const seen = [...owned.values()].filter((item) => reachesItem(rights, item, 'read')).map(({ id }) => id);
  const titles = await listItemTitles(tx, seen);
  const people = await peopleOf(
    tx,
    tasks.flatMap((one) => [one.responsibleId, one.creatorId, one.closedBy, ...one.observerIds]),
  );
  const files = await filesOf(
    tx,
    tasks.flatMap(({ fileIds }) => fileIds),
  );
  const beside = await countBeside(
    tx,
    tasks.map(({ id }) => id),
  );
  return tasks.map((one) => {
    const { comments = 0, subtasks = 0, completed = 0 } = beside.get(one.id) ?? {};
    const item = titles.get(one.itemId ?? 0);
    return {
      ...plain(one),
      ...{ responsible: people(one.responsibleId), creator: people(one.creatorId), closedBy: people(one.closedBy) },
      observers: one.observerIds.flatMap((id) => people(id) ?? []),
      overdue: one.closedAt === null && one.deadline !== null && one.deadline < now,
      ...{ item: item === undefined ? null : one.itemId, itemTitle: item?.title ?? null, itemType: item?.type ?? null },
      ...{ comments, subtasks: { all: subtasks, completed }, files: files(one.fileIds) },
      may: mayOf(rights, one, owned.get(one.itemId ?? 0)),
    };
  });
}

function mayOf(rights: Rights, task: StoredTask, item: OwnedItem | undefined): Task['may'] {
  const { change, accept, delete: remove } = standingOf(rights, task, item);
  return { change, accept, delete: remove };
}

function plain(one: StoredTask) {
  const { id, kind, title, description, status, needsAcceptance, reminder, checklist, repeat, madeBy } = one;
  return {
    ...{ id, kind, title, description, status, needsAcceptance, reminder, repeat, parent: one.parentId },
    ...{
      deadline: iso(one.deadline),
      remindAt: iso(one.remindAt),
      repeatAt: iso(one.repeatAt),
      closedAt: iso(one.closedAt),
    },
    ...{ createdAt: one.createdAt.toISOString(), updatedAt: one.updatedAt.toISOString(), checklist: [...checklist] },
    rule: madeBy === null ? null : { run: madeBy.runId, name: madeBy.ruleName },
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export async function presentComments(tx: Tx, comments: readonly StoredComment[]): Promise<TaskComment[]> {
  const people = await peopleOf(
    tx,
    comments.map(({ authorId }) => authorId),
  );
  const files = await filesOf(
    tx,
    comments.flatMap(({ fileIds }) => fileIds),
  );
  return comments.map(({ id, at, authorId, text, fileIds }) => ({
    ...{ id, at: at.toISOString(), author: people(authorId), text, files: files(fileIds) },
  }));
}

export async function peopleOf(
  tx: Tx,
  ids: readonly (number | null)[],
): Promise<(id: number | null) => PersonRow | null> {
  const people = await loadPeople(tx, workspaceOf(tx), ids);
  return (id) => (id === null ? null : (people.get(id) ?? null));
}

// Those that were deleted meanwhile are left out.
async function filesOf(tx: Tx, ids: readonly number[]): Promise<(some: readonly number[]) => Task['files']> {
  const found = ids.length === 0 ? [] : await listFiles(tx, { ids, limit: ids.length });
  const known = new Map(found.map(({ id, name, size, type }) => [id, { id, name, size, type }]));
  return (some) => some.flatMap((id) => known.get(id) ?? []);
}
