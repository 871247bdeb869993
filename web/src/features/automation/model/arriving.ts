import type { Card } from './cards.ts';
import type { Shelf } from './kept-draft.ts';

/** Cards sent from another board wait here until theirs is opened: there they are one step of the draft, to be undone like any other. */
export function sendCards(shelf: Shelf, name: string, cards: readonly Card[]): boolean {
  try {
    shelf.setItem(arrivingName(name), JSON.stringify([...waiting(shelf, name), ...cards]));
    return true;
  } catch {
    return false;
  }
}

/** Takes them off the shelf; a card whose stage is not there any more comes to the first one, yellow. */
export function takeArriving(shelf: Shelf, name: string, stages: readonly string[]): readonly Card[] {
  const cards = waiting(shelf, name);
  shelf.removeItem(arrivingName(name));
  const [first] = stages;
  if (first === undefined) return [];
  return cards.map((card) => (stages.includes(card.stage) ? card : { ...card, stage: first, fresh: true }));
}

function waiting(shelf: Shelf, name: string): readonly Card[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(arrivingName(name)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isCard) : [];
  } catch {
    return [];
  }
}

const arrivingName = (name: string) => `${name}.arriving`;

// Written by this page alone.
function isCard(kept: unknown): kept is Card {
  return typeof kept === 'object' && kept !== null && 'uid' in kept && 'key' in kept && 'stage' in kept;
}
