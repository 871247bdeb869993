import type { Card } from './cards.ts';
import { cardsIn, type Place } from './draft.ts';

/** Where an arrow key carries a lifted card; null where there is no further. */
export function carried(key: string, card: Card, board: Laid): Place | null {
  if (key === 'ArrowUp' || key === 'ArrowDown') return alongColumn(key === 'ArrowUp' ? -1 : 1, card, board);
  if (key === 'ArrowLeft' || key === 'ArrowRight') return acrossColumns(key === 'ArrowLeft' ? -1 : 1, card, board);
  return null;
}

interface Laid {
  readonly cards: readonly Card[];
  /** Codes in pipeline order. */
  readonly stages: readonly string[];
}

function alongColumn(step: 1 | -1, card: Card, { cards }: Laid): Place | null {
  const others = cardsIn(cards, card.stage, card.lane).filter(({ uid }) => uid !== card.uid);
  const at = cardsIn(cards, card.stage, card.lane).findIndex(({ uid }) => uid === card.uid) + step;
  if (at < 0 || at > others.length) return null;
  return { stage: card.stage, before: others[at]?.uid ?? null };
}

// In the next column it keeps its height as far as there are cards.
function acrossColumns(step: 1 | -1, card: Card, { cards, stages }: Laid): Place | null {
  const stage = stages[stages.indexOf(card.stage) + step];
  if (stage === undefined) return null;
  const at = cardsIn(cards, card.stage, card.lane).findIndex(({ uid }) => uid === card.uid);
  return { stage, before: cardsIn(cards, stage, card.lane)[at]?.uid ?? null };
}
