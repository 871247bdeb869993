import { undone } from '@signalbox/contract/automation/undo.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { write, writeAndRead } from '../transport/request.ts';

/** What is taken back: what one run did, or all runs of a visit. */
export type Undoable = { readonly run: number } | { readonly visit: number; readonly moveBack: boolean };

interface UndoWish {
  readonly item: number;
  readonly what: Undoable;
  /** Codes of fields that are set back although they have been changed since. */
  readonly overwrite: readonly string[];
}

/** What would be taken back, and what not and why. */
export const undoQuery = ({ item, what, overwrite }: UndoWish) =>
  queryOptions({
    queryKey: ['undo', item, what, overwrite],
    queryFn: async () => {
      const { path, body } = callOf({ item, what, overwrite });
      const { body: answer } = await write('POST', path, { answer: undone, query: { dryRun: 1 }, body });
      if (answer === undefined) throw new Error('no answer');
      return answer;
    },
    staleTime: 0,
    gcTime: 0,
  });

export function useUndo(item: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: UndoWish) => {
      const { path, body } = callOf(wish);
      return writeAndRead('POST', path, { answer: undone, body });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['runs', item] }),
  });
}

function callOf({ item, what, overwrite }: UndoWish): { path: string; body: object } {
  return 'run' in what
    ? { path: `/api/v1/runs/${what.run}/undo`, body: { overwrite } }
    : { path: `/api/v1/items/${item}/automation/undo`, body: { ...what, overwrite } };
}
