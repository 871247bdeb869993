import { VisuallyHidden } from '@mantine/core';
import type { Board } from '@signalbox/contract/board.ts';
import { memo, useCallback, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardPlace } from '../../api/items/board.ts';
import styles from './board.module.css';
import { Column } from './column.tsx';
import { useEdgeScroll } from './dragging.ts';
import { useConvertFirst } from './use-convert-first.tsx';
import { useLifted } from './use-lifted.ts';
import { useMoveCard } from './use-move-card.ts';
import type { Live } from './use-shown-board.ts';

interface ColumnsProps {
  board: Board;
  place: BoardPlace;
  live: Live;
}

export function Columns({ board, place, live }: ColumnsProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { mutate } = useMoveCard(place, live.byHand);
  const { move: moveNow, dialog } = useConvertFirst(board, mutate);
  const move = useSteady(moveNow);
  const { lifted, target, said, ...hands } = useLifted(board, move);
  const onKeyDown = useSteady(hands.onKeyDown);
  const letGo = useSteady(hands.letGo);
  useEdgeScroll(scroller);

  return (
    <div ref={scroller} className={styles.columns}>
      {board.columns.map((column, index) => (
        <SteadyColumn
          key={column.stage.code}
          column={column}
          place={place}
          type={board.pipeline.type}
          first={index === 0}
          glowing={live.glowing}
          lifted={lifted?.card.id ?? null}
          aimed={target === column.stage.code}
          move={move}
          onKeyDown={onKeyDown}
          letGo={letGo}
        />
      ))}
      <VisuallyHidden id="board-keys">{t('board.keys')}</VisuallyHidden>
      <VisuallyHidden role="status" aria-live="assertive">
        {said}
      </VisuallyHidden>
      {dialog}
    </div>
  );
}

/** A column is drawn again only when something of its own changes, not while a card travels between two others. */
const SteadyColumn = memo(Column);

/** The same function for ever, that does what the latest one does. */
function useSteady<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(work);
  useLayoutEffect(() => {
    latest.current = work;
  });
  return useCallback((...args) => latest.current(...args), []);
}
