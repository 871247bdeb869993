import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import type { Card } from '@signalbox/contract/board.ts';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { CardMove } from './use-move-card.ts';

/** Lets the mouse or a finger take a card, if it may be moved. */
export function useDraggable(card: Card, movable: boolean) {
  const element = useRef<HTMLAnchorElement>(null);
  const [dragged, setDragged] = useState(false);
  const latest = useLatest(card);
  useEffect(() => {
    if (!element.current || !movable) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ card: latest.current }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    });
  }, [latest, movable]);
  return { element, dragged };
}

/** Lets a column receive cards. */
export function useDropColumn(stage: string, move: (move: CardMove) => void) {
  const element = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  const latest = useLatest(move);
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        const { card } = source.data;
        if (isCard(card) && card.stage !== stage) latest.current({ card, stage });
      },
    });
  }, [stage, latest]);
  return { element, over };
}

const edgePx = 70;
const stepPx = 18;

/** Scrolls the board sideways while a card is held near its edge. */
export function useEdgeScroll(scroller: RefObject<HTMLElement | null>) {
  useEffect(
    () =>
      monitorForElements({
        onDrag: ({ location }) => {
          const board = scroller.current;
          if (!board) return;
          const { left, right } = board.getBoundingClientRect();
          const x = location.current.input.clientX;
          if (x < left + edgePx) board.scrollBy({ left: -stepPx });
          if (x > right - edgePx) board.scrollBy({ left: stepPx });
        },
      }),
    [scroller],
  );
}

function useLatest<Value>(value: Value) {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

const isCard = (value: unknown): value is Card =>
  typeof value === 'object' && value !== null && 'id' in value && 'stage' in value && 'title' in value;
