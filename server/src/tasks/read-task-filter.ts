import type { taskCountsQuery } from '@signalbox/contract/tasks.ts';
import type { z } from 'zod';
import { accessItem } from '../access/access-item.ts';
import { findPerson } from '../people/employees.store.ts';
import type { Caller } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import type { TaskFilter } from './kept/list-tasks.store.ts';
import { accessTask } from './rights/access-task.ts';

type Asked = z.output<typeof taskCountsQuery>;

/** What a list is asked for, with ids instead of addresses; 404 for an item or a task that the caller may not see. */
export async function readTaskFilter(tx: Tx, caller: Caller, asked: Asked, now: Date): Promise<TaskFilter> {
  const { item, parent, deadline, deadlineFrom, deadlineTo, responsible, creator, observer, person, ...plain } = asked;
  if (item !== undefined) await accessItem(tx, caller, item, 'read');
  if (parent !== undefined) await accessTask(tx, caller.rights, parent, 'read');
  const idOf = (ref: number | string | undefined, path: string) => personId(tx, caller, { ref, path });
  return {
    ...plain,
    ...{ item, parent, now },
    responsible: await idOf(responsible, 'responsible'),
    creator: await idOf(creator, 'creator'),
    observer: await idOf(observer, 'observer'),
    person: await idOf(person, 'person'),
    hasDeadline: deadline === undefined ? undefined : deadline === '1',
    deadlineFrom: asDate(deadlineFrom),
    deadlineTo: asDate(deadlineTo),
  };
}

function asDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

interface Named {
  readonly ref: number | string | undefined;
  readonly path: string;
}

async function personId(tx: Tx, { workspaceId }: Caller, { ref, path }: Named): Promise<number | undefined> {
  if (ref === undefined) return undefined;
  const found = await findPerson(tx, workspaceId, ref);
  if (found === undefined) throw invalidAt(path, 'unknown-person', `There is no employee ${ref}`);
  return found.id;
}
