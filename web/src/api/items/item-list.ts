import { items } from '@signalbox/contract/items.ts';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { read, write } from '../transport/request.ts';

export interface ListQuery {
  readonly type: string;
  readonly pipeline: string;
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  /** The `when` grammar as JSON. */
  readonly filter?: string | undefined;
}

const PAGE = 100;

/** The items of a list, page by page while scrolling. */
export const itemListQuery = (query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: ['board', Number(query.pipeline), 'list', query],
    queryFn: ({ signal, pageParam }) =>
      read('/api/v1/items', { answer: items, query: { ...query, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

/** Where the browser gets the same items as a file. */
export function itemsCsvAddress(query: ListQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, String(value));
  return `/api/v1/items.csv?${search}`;
}

export const patchItem = (id: number, body: object) => write('PATCH', `/api/v1/items/${id}`, { body });
