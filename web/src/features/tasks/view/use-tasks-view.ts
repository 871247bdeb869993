import { useNavigate, useSearch } from '@tanstack/react-router';
import type { TaskFilter } from '../../../api/tasks/tasks.ts';
import { useMe } from '../../../api/workspace/me.ts';

export const taskViews = ['days', 'list', 'board', 'calendar'] as const;
export const whoseTasks = ['mine', 'given', 'observed', 'all'] as const;

/** What the tasks' page shows, as its address has it. */
export function useTasksView() {
  const search = useSearch({ from: '/signed-in/tasks' });
  const navigate = useNavigate({ from: '/tasks' });
  const me = useMe();
  const { show = 'days', whose = 'mine', status = 'open', responsible, order = 'newest', q } = search;
  const look = (change: Partial<typeof search>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...change }), replace: true });
  const theirs: Readonly<Record<typeof whose, TaskFilter>> = {
    mine: { responsible: me.id },
    given: { creator: me.id },
    observed: { observer: me.id },
    all: {},
  };
  /** Whose they are and what was searched for: what every view is narrowed by. */
  const filter: TaskFilter = {
    ...theirs[whose],
    ...(responsible !== undefined && whose !== 'mine' && { responsible }),
    ...(q && { q }),
  };
  return { show, whose, status, responsible, order, q, search, look, filter, me };
}

export type TasksView = ReturnType<typeof useTasksView>;
