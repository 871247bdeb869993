import { type Board, type BoardColumn, board, type Card, columnPage } from '@signalbox/contract/board.ts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from '../transport/request.ts';

export interface BoardPlace {
  pipeline: number;
  q: string;
}

const firstCards = 30;

export const boardQuery = ({ pipeline, q }: BoardPlace) =>
  queryOptions({
    queryKey: ['board', pipeline, q],
    queryFn: ({ signal }) =>
      read(`/api/v1/board/${pipeline}`, { answer: board, query: { q, limit: firstCards }, signal }),
    placeholderData: keepPreviousData,
  });

/** The cards below a column's first page, page by page while scrolling. */
export const columnQuery = ({ pipeline, q }: BoardPlace, stage: string, cursor: string | null) =>
  infiniteQueryOptions({
    queryKey: ['board', pipeline, q, 'more', stage, cursor],
    queryFn: ({ signal, pageParam }) =>
      read(`/api/v1/board/${pipeline}/${encodeURIComponent(stage)}`, {
        answer: columnPage,
        query: { q, cursor: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: cursor ?? '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: false,
    placeholderData: keepPreviousData,
  });

/** The board as it will be once the server has agreed to the move. */
export function withCardMoved(before: Board, card: Card, stage: string): Board {
  return { ...before, columns: before.columns.map((column) => moveIn(column, card, stage)) };
}

function moveIn(column: BoardColumn, card: Card, stage: string): BoardColumn {
  if (column.stage.code === card.stage) return { ...withSum(column, card, -1), items: without(column, card) };
  if (column.stage.code !== stage) return column;

  const moved = { ...card, stage, movedAt: new Date().toISOString() };
  return { ...withSum(column, card, 1), items: [moved, ...without(column, card)] };
}

const without = (column: BoardColumn, card: Card) => column.items.filter(({ id }) => id !== card.id);

function withSum(column: BoardColumn, card: Card, sign: 1 | -1): BoardColumn {
  const count = column.count + sign;
  const { amount, currency } = card;
  if (amount === null) return { ...column, count };

  const known = column.sums.some((sum) => sum.currency === currency);
  const sums = known ? column.sums : [...column.sums, { currency, amount: 0 }];
  const added = sums.map((sum) => (sum.currency === currency ? { ...sum, amount: sum.amount + sign * amount } : sum));
  return { ...column, count, sums: added };
}
