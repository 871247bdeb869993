import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PlannedFilter } from '../../api/automation/planned.ts';
import { startOf } from '../../ui/inputs/days.ts';

export const plannedViews = ['days', 'rules'] as const;

/** What the page shows, as its address has it. */
export function usePlannedView() {
  const search = useSearch({ from: '/signed-in/planned' });
  const navigate = useNavigate({ from: '/planned' });
  const { show = 'days', from, ...narrowed } = search;
  const look = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const filter: PlannedFilter = { ...narrowed, ...(from !== undefined && { from: startOf(from).toISOString() }) };
  const isNarrowed = Object.values({ ...narrowed, from }).some((value) => value !== undefined);
  return { show, search, filter, look, isNarrowed };
}

export type PlannedView = ReturnType<typeof usePlannedView>;
