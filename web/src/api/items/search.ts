import { searchResult } from '@signalbox/contract/search.ts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from '../transport/request.ts';

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => read('/api/v1/search', { answer: searchResult, query: { q }, signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
