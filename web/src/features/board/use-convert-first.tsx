import type { Board } from '@signalbox/contract/board.ts';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { itemQuery } from '../../api/items/items.ts';
import type { CardMove } from './use-move-card.ts';

const ConvertDialog = lazy(() =>
  import('../../controls/conversion/convert-dialog.tsx').then((module) => ({ default: module.ConvertDialog })),
);

/** Who drops a lead on a won stage mostly wants a deal of it: asked before it moves. */
export function useConvertFirst(board: Board, move: (move: CardMove) => void) {
  const [asked, setAsked] = useState<CardMove | null>(null);
  const asking = (wanted: CardMove) => (asksFirst(board, wanted) ? setAsked(wanted) : move(wanted));
  const dialog = asked && (
    <AskToConvert
      id={asked.card.id}
      stage={stageOf(board, asked.stage)?.name ?? asked.stage}
      go={() => move(asked)}
      close={() => setAsked(null)}
    />
  );
  return { move: asking, dialog };
}

interface AskToConvertProps {
  readonly id: number;
  readonly stage: string;
  readonly go: () => void;
  readonly close: () => void;
}

function AskToConvert({ id, stage, go, close }: AskToConvertProps) {
  const { data: lead } = useQuery(itemQuery(id));
  if (!lead) return null;
  return (
    <Suspense>
      <ConvertDialog item={lead} move={{ stage, go }} close={close} />
    </Suspense>
  );
}

const stageOf = (board: Board, code: string) => board.columns.find(({ stage }) => stage.code === code)?.stage;

const asksFirst = (board: Board, { card, stage }: CardMove) =>
  board.pipeline.type === 'lead' && stageOf(board, stage)?.kind === 'won' && stageOf(board, card.stage)?.kind !== 'won';
