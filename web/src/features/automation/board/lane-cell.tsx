import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type CSSProperties, memo, useEffect, useRef, useState } from 'react';
import type { AutomationStats } from '../../../api/automation/automation.ts';
import { useScreen } from '../editing/screen.tsx';
import type { Card, Lane } from '../model/cards.ts';
import { cardsNamedBy } from '../model/variables.ts';
import { AutomationCard } from './automation-card.tsx';
import styles from './board.module.css';
import { useBoardTexts } from './board-texts.tsx';
import { cardBelow } from './card-below.ts';
import { draggedOf } from './use-draggable.ts';

interface LaneCellProps {
  readonly stage: string;
  readonly stageName: string;
  readonly lane: Lane;
  readonly cards: readonly Card[];
  readonly stats: AutomationStats | undefined;
  readonly selected: ReadonlySet<string>;
  readonly lifted: string | null;
  readonly wrong: ReadonlySet<string>;
  readonly compact: boolean;
}

const CARD_HEIGHT = 104;
const COMPACT_HEIGHT = 44;

/** The cards of one lane on one stage; drawn again only when one of them changes, or while something hangs over it. */
export const LaneCell = memo(function LaneCell({
  stage,
  stageName,
  lane,
  cards,
  stats,
  selected,
  lifted,
  wrong,
  compact,
}: LaneCellProps) {
  const t = useBoardTexts();
  const { cell, before } = useDropTarget(stage, lane);
  const height = cards.length * (compact ? COMPACT_HEIGHT : CARD_HEIGHT) + 24;
  const size: CSSProperties = { containIntrinsicHeight: `auto ${height}px` };
  return (
    <ul
      ref={cell}
      className={styles.cell}
      style={size}
      data-cell={`${lane}:${stage}`}
      data-over={before !== undefined || undefined}
      aria-label={t(`board.cell.${lane}`, { stage: stageName })}
    >
      {cards.map((card, at) => (
        <Placed key={card.uid} marked={before === card.uid}>
          <AutomationCard
            card={card}
            named={cardsNamedBy(card, cards)}
            counts={countsOf(card, stats)}
            selected={selected.has(card.uid)}
            lifted={lifted === card.uid}
            wrong={wrong.has(card.uid)}
            chained={at > 0 && card.lane === 'rule' && card.order === 'after previous'}
          />
        </Placed>
      ))}
      {before === null && <li className={styles.gap} aria-hidden />}
    </ul>
  );
});

function Placed({ marked, children }: { marked: boolean; children: React.ReactNode }) {
  return (
    <>
      {marked && <li className={styles.gap} aria-hidden />}
      {children}
    </>
  );
}

/** Where a dragged card would land: before which card, null for the end, undefined while nothing hangs over. */
function useDropTarget(stage: string, lane: Lane) {
  const cell = useRef<HTMLUListElement>(null);
  const [before, setBefore] = useState<string | null | undefined>(undefined);
  const screen = useScreen();
  useEffect(() => {
    const element = cell.current;
    if (element === null) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => draggedOf(source.data)?.lane === lane,
      getDropEffect: ({ input }) => (input.ctrlKey || input.altKey ? 'copy' : 'move'),
      onDrag: ({ location }) => setBefore(cardBelow(element, location.current.input.clientY)),
      onDragLeave: () => setBefore(undefined),
      onDrop: ({ source, location }) => {
        setBefore(undefined);
        const dragged = draggedOf(source.data);
        const { clientY, ctrlKey, altKey } = location.current.input;
        if (dragged !== null)
          screen.drop({
            uid: dragged.uid,
            to: { stage, before: cardBelow(element, clientY) },
            copy: ctrlKey || altKey,
          });
      },
    });
  }, [stage, lane, screen]);
  return { cell, before };
}

function countsOf(card: Card, stats: AutomationStats | undefined) {
  if (card.id === null) return undefined;
  return card.lane === 'trigger' ? stats?.triggers[card.id] : stats?.rules[card.id];
}
