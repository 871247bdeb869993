import type { AuditFilter } from '@signalbox/contract/audit.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';

const DAY_MS = 86_400_000;

/** What the log is narrowed by stands in the address bar, so that it can be sent to somebody. Days are the reader's own. */
export function useAuditFilter() {
  const search = useSearch({ from: '/signed-in/settings/$section' });
  const navigate = useNavigate({ from: '/settings/$section' });
  const { q, by, group, from, to } = search;
  const filter: AuditFilter = {
    ...{ q, by, group },
    ...(from !== undefined && { from: startOf(from).toISOString() }),
    ...(to !== undefined && { to: new Date(startOf(to).getTime() + DAY_MS).toISOString() }),
  };
  return {
    search,
    filter,
    isNarrowed: [q, by, group, from, to].some((value) => value !== undefined),
    narrow: (change: Partial<typeof search>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
  };
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00`);
}
