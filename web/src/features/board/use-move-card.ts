import type { Board, Card } from '@signalbox/contract/board.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type BoardPlace, boardQuery, withCardMoved } from '../../api/items/board.ts';
import { moveAsking } from '../../controls/fields/ask-missing.tsx';
import { sayFailed } from '../../ui/notify.ts';

export interface CardMove {
  card: Card;
  stage: string;
}

/** Moves at once on this screen; goes back, with the reason, if the server refuses. */
export function useMoveCard(place: BoardPlace, byHand: Set<number>) {
  const client = useQueryClient();
  const key = boardQuery(place).queryKey;
  const patch = (change: (board: Board) => Board) =>
    client.setQueryData(key, (board) => (board ? change(board) : undefined));

  return useMutation({
    mutationFn: ({ card, stage }: CardMove) =>
      moveAsking(client.getQueryData(key)?.pipeline.type ?? '', card.id, { stage }),
    onMutate: async ({ card, stage }) => {
      byHand.add(card.id);
      await client.cancelQueries({ queryKey: ['board', place.pipeline] });
      patch((board) => withCardMoved(board, card, stage));
    },
    onError: (error, { card, stage }) => {
      patch((board) => withCardMoved(board, { ...card, stage }, card.stage));
      sayFailed(error);
    },
    onSettled: async (_moved, _error, { card }) => {
      await client.invalidateQueries({ queryKey: ['board', place.pipeline] });
      byHand.delete(card.id);
      void client.invalidateQueries({ queryKey: ['item', card.id] });
    },
  });
}
