import type { TaskBody, TaskPatch } from '@signalbox/contract/tasks.ts';
import { listSeenFiles } from '../access/access-file.ts';
import { accessItem } from '../access/access-item.ts';
import { getPersonIdAgain } from '../people/employees.store.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Caller, Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import type { TaskChange } from './change-task.ts';
import type { NewTask } from './create-task.ts';
import type { StoredTask } from './kept/task-row.ts';
import { listAncestors } from './kept/tasks.store.ts';
import { accessTask } from './rights/access-task.ts';

/** The body of POST /tasks with ids instead of names; 422 with a path for what is not there for the caller. */
export async function readTaskBody(tx: Tx, caller: Caller, body: TaskBody): Promise<NewTask> {
  const { kind, title, description, status, needsAcceptance, checklist } = body;
  const { employeeId, rights } = caller;
  const responsible = body.responsible === undefined ? employeeId : body.responsible;
  await checkNamed(tx, rights, { item: body.item, parent: body.parent, files: body.files });
  return {
    ...{ kind, title, description, status, needsAcceptance, checklist },
    responsibleId: await personId(tx, responsible, ['responsible']),
    creatorId: body.creator === undefined ? employeeId : await personId(tx, body.creator, ['creator']),
    observerIds: await observerIds(tx, body.observers),
    ...{ deadline: asDate(body.deadline ?? null), reminder: body.reminder ?? null, repeat: body.repeat ?? null },
    ...{ itemId: body.item ?? null, parentId: body.parent ?? null, fileIds: body.files },
  };
}

/** What PATCH /tasks/:id changes; what is left out is left out. */
export async function readTaskPatch(
  tx: Tx,
  { rights }: Pick<Caller, 'rights'>,
  { patch, before }: { readonly patch: TaskPatch; readonly before: StoredTask },
): Promise<TaskChange['change']> {
  const { files, parent, item } = patch;
  await checkNamed(tx, rights, {
    item: item === before.itemId ? undefined : item,
    parent: parent === before.parentId ? undefined : parent,
    files: (files ?? []).filter((id) => !before.fileIds.includes(id)),
  });
  await checkNoCircle(tx, before.id, parent);
  return {
    ...(await readPlainPatch(tx, patch, before)),
    ...(files !== undefined && { fileIds: files }),
    ...(parent !== undefined && { parentId: parent }),
    ...(item !== undefined && { itemId: item }),
  };
}

/** The same of what names no item, task or file. */
export async function readPlainPatch(
  tx: Tx,
  patch: TaskPatch,
  before?: Pick<StoredTask, 'responsibleId' | 'creatorId' | 'observerIds'>,
): Promise<TaskChange['change']> {
  const { title, description, status, needsAcceptance, reminder, checklist, repeat } = patch;
  const { responsible, creator, observers, deadline } = patch;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(status !== undefined && { status }),
    ...(needsAcceptance !== undefined && { needsAcceptance }),
    ...(reminder !== undefined && { reminder }),
    ...(checklist !== undefined && { checklist }),
    ...(repeat !== undefined && { repeat }),
    ...(deadline !== undefined && { deadline: asDate(deadline) }),
    ...(responsible !== undefined && {
      responsibleId: await personId(tx, responsible, ['responsible', before?.responsibleId]),
    }),
    ...(creator !== undefined && { creatorId: await personId(tx, creator, ['creator', before?.creatorId]) }),
    ...(observers !== undefined && { observerIds: await observerIds(tx, observers, before?.observerIds) }),
  };
}

function asDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

type Ref = number | string;

/** `stood`: who is that already, dismissed or not. */
async function personId(
  tx: Tx,
  ref: Ref | null,
  [path, stood = null]: [path: string, stood?: number | null],
): Promise<number | null> {
  return ref === null ? null : getPersonIdAgain(tx, workspaceOf(tx), { ref, path, stood: [stood] });
}

async function observerIds(tx: Tx, refs: readonly Ref[], stood: readonly number[] = []): Promise<number[]> {
  const ids: number[] = [];
  for (const [index, ref] of refs.entries())
    ids.push(await getPersonIdAgain(tx, workspaceOf(tx), { ref, path: `observers[${index}]`, stood }));
  return [...new Set(ids)];
}

interface Named {
  readonly item: number | null | undefined;
  readonly parent: number | null | undefined;
  readonly files: readonly number[];
}

async function checkNamed(tx: Tx, rights: Rights, { item, parent, files }: Named): Promise<void> {
  if (item != null)
    await orInvalid(accessItem(tx, { rights }, item, 'read'), 'item', ['unknown-item', `There is no item ${item}`]);
  if (parent != null)
    await orInvalid(accessTask(tx, rights, parent, 'read'), 'parent', ['unknown-task', `There is no task ${parent}`]);
  await checkFiles(tx, rights, files);
}

/** 422 for the file that is not there for whoever names it. */
export async function checkFiles(tx: Tx, rights: Rights, files: readonly number[]): Promise<void> {
  if (files.length === 0) return;
  const seen = await listSeenFiles(tx, rights, files);
  const missing = files.findIndex((id) => !seen.includes(id));
  if (missing !== -1) throw invalidAt(`files[${missing}]`, 'unknown-file', `There is no file ${files[missing]}`);
}

async function orInvalid(access: Promise<unknown>, path: string, [code, message]: [string, string]): Promise<void> {
  try {
    await access;
  } catch (error) {
    if (error instanceof UserError && error.status === 404) throw invalidAt(path, code, message);
    throw error;
  }
}

const DEEPEST = 100;

async function checkNoCircle(tx: Tx, id: number, parent: number | null | undefined): Promise<void> {
  if (parent == null) return;
  const above = await listAncestors(tx, parent, DEEPEST);
  if (above.includes(id) || above.length === DEEPEST)
    throw invalidAt('parent', 'task-circle', 'A task cannot be a part of itself');
}
