import type { Board, Card } from '@signalbox/contract/board.ts';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findCard } from './slides.ts';
import type { CardMove } from './use-move-card.ts';

interface Lifted {
  card: Card;
  target: number;
}

/** Carrying a card by keyboard: Space lifts and drops, arrows choose the stage, Escape puts it back. */
export function useLifted(board: Board, move: (move: CardMove) => void) {
  const { t } = useTranslation();
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [said, setSaid] = useState('');
  const followed = useFocusOnCard(board);
  const stageAt = (index: number) => board.columns[index]?.stage;

  const aim = (card: Card, target: number) => {
    const stage = stageAt(target);
    if (!stage) return;
    setLifted({ card, target });
    setSaid(t('board.over', { stage: stage.name }));
  };
  const drop = ({ card, target }: Lifted) => {
    const stage = stageAt(target);
    setLifted(null);
    if (!stage || stage.code === card.stage) return setSaid(t('board.putBack'));
    followed(card.id);
    move({ card, stage: stage.code });
    setSaid(t('board.dropped', { card: card.title, stage: stage.name }));
  };
  const putBack = () => {
    setLifted(null);
    setSaid(t('board.putBack'));
  };
  const carry = (event: KeyboardEvent, held: Lifted) => {
    const actions: Record<string, () => void> = {
      ArrowLeft: () => aim(held.card, held.target - 1),
      ArrowRight: () => aim(held.card, held.target + 1),
      ' ': () => drop(held),
      Enter: () => drop(held),
      Escape: putBack,
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const onKeyDown = (event: KeyboardEvent, card: Card) => {
    if (lifted?.card.id === card.id) return carry(event, lifted);
    if (event.key !== ' ') return walk(event);
    event.preventDefault();
    setLifted({ card, target: board.columns.findIndex(({ stage }) => stage.code === card.stage) });
    setSaid(t('board.lifted', { card: card.title }));
  };

  return { lifted, said, onKeyDown, letGo: () => setLifted(null), target: lifted && stageAt(lifted.target)?.code };
}

// The card is drawn anew in its new column; the focus goes along.
function useFocusOnCard(board: Board) {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (!board || wanted.current === null) return;
    findCard(wanted.current)?.focus();
    wanted.current = null;
  }, [board]);
  return (id: number) => {
    wanted.current = id;
  };
}

const sideways: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
const updown: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

// Arrows walk from card to card.
function walk(event: KeyboardEvent) {
  const column = event.currentTarget.closest('[data-stage]');
  const step = sideways[event.key] ?? updown[event.key];
  if (!column || step === undefined) return;

  event.preventDefault();
  if (event.key in updown) return neighbour(cardsIn(column), event.currentTarget, step)?.focus();
  const columns = [...document.querySelectorAll('[data-stage]')];
  const next = columns.slice(
    step > 0 ? columns.indexOf(column) + 1 : 0,
    step > 0 ? undefined : columns.indexOf(column),
  );
  const ordered = step > 0 ? next : next.reverse();
  ordered
    .map((candidate) => cardsIn(candidate)[0])
    .find(Boolean)
    ?.focus();
}

const cardsIn = (column: Element) => [...column.querySelectorAll<HTMLElement>('[data-card]')];

function neighbour(cards: readonly Element[], current: Element, step: number) {
  const next = cards[cards.indexOf(current) + step];
  return next instanceof HTMLElement ? next : undefined;
}
