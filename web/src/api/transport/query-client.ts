import { QueryClient } from '@tanstack/react-query';
import { Refusal } from './errors.ts';

// The event stream says what has changed, so nothing is refetched for having grown old.
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (failures, error) => !(error instanceof Refusal) && failures < 3,
    },
    mutations: { networkMode: 'always' },
  },
});
