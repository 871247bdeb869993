import type { Task } from '@signalbox/contract/tasks.ts';
import { groupBy } from '../../../controls/group-by.ts';
import { dayGroupOf, dayGroups } from '../../../controls/tasks/task-days.ts';
import type { WeekBegins } from '../../../ui/inputs/days.ts';

const groupNames = ['accept', ...dayGroups, 'handedIn', 'deferred'] as const;
export type GroupName = (typeof groupNames)[number];

export interface Group {
  readonly name: GroupName;
  readonly tasks: readonly Task[];
}

type Shown = Pick<Task, 'id' | 'status' | 'deadline'>;

/** Tasks in the groups in which they are shown, each once, without the empty groups. */
export function grouped<T extends Shown>(
  tasks: readonly T[],
  toAccept: readonly T[],
  { now, begins }: { readonly now: Date; readonly begins: WeekBegins },
): { readonly name: GroupName; readonly tasks: readonly T[] }[] {
  const judged = new Set(toAccept.map(({ id }) => id));
  const groupOf = ({ status, deadline }: T): GroupName => {
    if (status === 'deferred') return 'deferred';
    return status === 'supposedly-completed' ? 'handedIn' : dayGroupOf(deadline, now, begins);
  };
  const own = groupBy(
    tasks.filter(({ id }) => !judged.has(id)),
    groupOf,
  );
  return groupNames
    .map((name) => ({ name, tasks: name === 'accept' ? toAccept : (own.get(name) ?? []) }))
    .filter((group) => group.tasks.length > 0);
}
