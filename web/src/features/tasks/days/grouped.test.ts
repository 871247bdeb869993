import { expect, it } from 'vitest';
import { grouped } from './grouped.ts';

const now = new Date(2026, 11, 1, 12);
const at = (day: number) => new Date(2026, 11, day, 18).toISOString();
const task = (id: number, deadline: string | null, status: 'new' | 'deferred' | 'supposedly-completed' = 'new') => ({
  ...{ id, deadline, status },
});

it('puts each task into one group, in the order of days, and what waits for acceptance first', () => {
  const waiting = task(5, at(1), 'supposedly-completed');
  const tasks = [
    task(1, at(2)),
    task(2, null),
    task(3, new Date(2026, 10, 30).toISOString()),
    task(4, at(1), 'deferred'),
  ];
  const handedIn = task(6, at(1), 'supposedly-completed');
  const groups = grouped([...tasks, waiting, handedIn], [waiting], { now, begins: 1 });
  expect(groups.map((group) => [group.name, ...group.tasks.map(({ id }) => id)])).toEqual([
    ['accept', 5],
    ['overdue', 3],
    ['tomorrow', 1],
    ['none', 2],
    ['handedIn', 6],
    ['deferred', 4],
  ]);
});

it('has no group without tasks', () => {
  expect(grouped([], [], { now, begins: 1 })).toEqual([]);
});
