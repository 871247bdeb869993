/**
 * The statuses of a task: the one list of screens, API, trigger and the compatible REST (surroundings.md, Tasks). The numbers are
 * those of `tasks.task.*` there; it has none of its own for a new one.
 */
export const taskStatusNumbers = {
  new: 2,
  pending: 2,
  'in-progress': 3,
  'supposedly-completed': 4,
  completed: 5,
  deferred: 6,
} as const;

export type TaskStatus = keyof typeof taskStatusNumbers;

export const taskStatuses = [
  'new',
  'pending',
  'in-progress',
  'supposedly-completed',
  'completed',
  'deferred',
] as const satisfies readonly TaskStatus[];
