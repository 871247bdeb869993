import { taskStatusNumbers } from '@signalbox/automation/kit/values/task-statuses.ts';
import { listOwned } from '../../../access/owned-items.store.ts';
import { reachesItem } from '../../../access/reach.ts';
import type { Caller } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import type { StoredTask } from '../../../tasks/kept/task-row.ts';
import { peopleOf } from '../../../tasks/present-tasks.ts';
import { standingOf } from '../../../tasks/rights/reach-task.ts';
import { isoWithOffset } from '../rest/iso-with-offset.ts';
import { markOf } from './read-task-fields.ts';

interface Shown {
  readonly caller: Caller;
  readonly now: Date;
}

/** As the reference shows them: camelCase, ids and numbers as strings, moments with an offset. */
export async function presentRestTasks(tx: Tx, rows: readonly StoredTask[], { caller: { rights }, now }: Shown) {
  const owned = await listOwned(
    tx,
    rows.flatMap(({ itemId }) => itemId ?? []),
  );
  const items = new Map(owned.map((item) => [item.id, item]));
  const people = await peopleOf(
    tx,
    rows.flatMap((row) => [row.responsibleId, row.creatorId]),
  );
  const person = (id: number | null) => {
    const found = people(id);
    return found === null ? [] : { id: String(found.id), name: found.name };
  };
  return rows.map((row) => {
    const item = items.get(row.itemId ?? 0);
    const mark = item !== undefined && reachesItem(rights, item, 'read') ? markOf(item.type, item.id) : undefined;
    const may = standingOf(rights, row, item);
    return {
      ...{ id: String(row.id), parentId: text(row.parentId), title: row.title, description: row.description },
      ...{ status: String(taskStatusNumbers[row.status]), subStatus: subStatusOf(row, now) },
      ...{ createdBy: String(row.creatorId ?? 0), responsibleId: String(row.responsibleId ?? 0) },
      ...{ closedBy: String(row.closedBy ?? 0), closedDate: moment(row.closedAt), deadline: moment(row.deadline) },
      ...{ createdDate: isoWithOffset(row.createdAt), changedDate: isoWithOffset(row.updatedAt) },
      ...{ auditors: row.observerIds.map(String), accomplices: [], group: [], groupId: '0', priority: '1' },
      ...{ taskControl: row.needsAcceptance ? 'Y' : 'N', replicate: row.repeat === null ? 'N' : 'Y' },
      ...{ ufCrmTask: mark === undefined ? [] : [mark], ufTaskWebdavFiles: row.fileIds.map(Number) },
      checklist: row.checklist.map(({ text: title, done }) => ({ title, isComplete: done ? 'Y' : 'N' })),
      ...{ creator: person(row.creatorId), responsible: person(row.responsibleId), action: actionsOf(row, may) },
    };
  });
}

const text = (id: number | null) => (id === null ? null : String(id));
const moment = (at: Date | null) => (at === null ? null : isoWithOffset(at));

/** -1: the deadline of one that is not completed has passed. */
function subStatusOf({ status, deadline, closedAt }: StoredTask, now: Date): string {
  const isOverdue = closedAt === null && deadline !== null && deadline < now;
  return isOverdue ? '-1' : String(taskStatusNumbers[status]);
}

function actionsOf({ status }: StoredTask, may: ReturnType<typeof standingOf>) {
  const isHandedIn = status === 'supposedly-completed';
  const isOpen = status !== 'completed' && !isHandedIn;
  return {
    ...{ complete: may.change && isOpen, start: may.change && isOpen && status !== 'in-progress' },
    ...{ pause: may.change && status === 'in-progress', defer: may.change && isOpen && status !== 'deferred' },
    ...{ renew: may.change && !isOpen, approve: may.accept && isHandedIn, disapprove: may.accept && isHandedIn },
    ...{ edit: may.change, changeDeadline: may.change, remove: may.delete },
  };
}
