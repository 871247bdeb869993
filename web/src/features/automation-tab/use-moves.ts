import { useInfiniteQuery } from '@tanstack/react-query';
import { timelineQuery } from '../../api/items/items.ts';

/** By signal: the stage that the item left when the signal moved it, as far as the timeline is loaded. */
export function useMoves(itemId: number): ReadonlyMap<number, string> {
  const entries = useInfiniteQuery(timelineQuery(itemId)).data?.pages.flatMap(({ data }) => data) ?? [];
  return new Map(
    entries.flatMap((entry): [number, string][] => {
      const { kind, signal, from } = entry;
      return kind === 'moved' && typeof signal === 'number' && typeof from === 'string' ? [[signal, from]] : [];
    }),
  );
}
