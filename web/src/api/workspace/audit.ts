import { type AuditFilter, auditEntries } from '@signalbox/contract/audit.ts';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { read } from '../transport/request.ts';

const PAGE = 50;

/** The audit log, page by page. */
export const auditListQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) =>
      read('/api/v1/audit', { answer: auditEntries, query: { ...filter, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    // Nobody tells of new rows: it is read anew whenever it is opened.
    staleTime: 0,
  });

/** Where the browser gets the same rows as a file. */
export function auditCsvAddress(filter: AuditFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) search.set(name, String(value));
  return `/api/v1/audit.csv?${search}`;
}
