import type { RightVerb } from '@signalbox/contract/people/rights.ts';
import { isOf, type Owned, reachesItem } from '../../access/reach.ts';
import type { Rights } from '../../platform/context.ts';
import type { StoredTask } from '../kept/task-row.ts';

type Held = Pick<StoredTask, 'responsibleId' | 'creatorId' | 'observerIds' | 'itemId'>;

export interface Standing {
  readonly read: boolean;
  readonly change: boolean;
  readonly accept: boolean;
  readonly delete: boolean;
}

/**
 * What somebody may do to a task (docs/rights.md, Tasks). Whom it names sees it; creator and responsible change it. Beyond that it is
 * reached as its item is, and one without an item by the row for all types, as an item of its responsible would be.
 */
export function standingOf(rights: Rights, task: Held, item: Owned | undefined): Standing {
  const { employeeId } = rights;
  const isCreator = task.creatorId === employeeId;
  const reaches = (verb: RightVerb) => reachesAround(rights, { task, item, verb });
  const does = isCreator || task.responsibleId === employeeId;
  const read = does || task.observerIds.includes(employeeId) || reaches('read');
  const change = does || (read && reaches('change'));
  return {
    read,
    change,
    accept: isCreator || rights.administrator || (task.creatorId === null && change),
    delete: isCreator || (read && reaches('delete')),
  };
}

interface Around {
  readonly task: Held;
  readonly item: Owned | undefined;
  readonly verb: RightVerb;
}

function reachesAround(rights: Rights, { task, item, verb }: Around): boolean {
  if (task.itemId === null) return isOf(rights, task.responsibleId, rights.items.all[verb]);
  return item !== undefined && reachesItem(rights, item, verb);
}
