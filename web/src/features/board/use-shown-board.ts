import type { Board, Card } from '@signalbox/contract/board.ts';
import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { type BoardPlace, boardQuery } from '../../api/items/board.ts';
import { measureCard, playSlide, type Slide } from './slides.ts';

const glowMs = 6000;

export interface Live {
  /** Cards that something else than this screen's user has just moved. */
  glowing: ReadonlySet<number>;
  /** Cards this user moves by hand: they are where the hand left them, so they need not slide. */
  byHand: Set<number>;
}

/** The board as drawn: it follows the data one layout behind, so that moved cards can be measured where they still stand. */
export function useShownBoard(place: BoardPlace) {
  const { data, error, refetch } = useQuery(boardQuery(place));
  const [shown, setShown] = useState<Board | undefined>(data);
  const { glowing, glow } = useGlow();
  const slides = useRef<Slide[]>([]);
  const byHand = useRef(new Set<number>()).current;

  useLayoutEffect(() => {
    if (!data || data === shown) return;
    const moved = movedCards(shown, data).filter(({ id }) => !byHand.has(id));
    slides.current = moved.flatMap(measureCard);
    glow(moved.map(({ id }) => id));
    setShown(data);
  }, [data, shown, byHand, glow]);

  useLayoutEffect(() => {
    if (!shown) return;
    for (const slide of slides.current) playSlide(slide);
    slides.current = [];
  }, [shown]);

  return { board: shown, error, refetch: () => void refetch(), glowing, byHand };
}

function useGlow() {
  const [glowing, setGlowing] = useState<ReadonlySet<number>>(new Set());
  const glow = useRef((ids: readonly number[]) => {
    if (ids.length === 0) return;
    setGlowing((before) => new Set([...before, ...ids]));
    setTimeout(() => setGlowing((before) => new Set([...before].filter((id) => !ids.includes(id)))), glowMs);
  }).current;
  return { glowing, glow };
}

function movedCards(before: Board | undefined, after: Board): Card[] {
  if (before?.pipeline.id !== after.pipeline.id) return [];
  const stood = new Map(cardsOf(before).map(({ id, stage }) => [id, stage]));
  return cardsOf(after).filter(({ id, stage }) => stood.has(id) && stood.get(id) !== stage);
}

const cardsOf = (board: Board) => board.columns.flatMap(({ items }) => items);
