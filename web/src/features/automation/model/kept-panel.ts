import type { Card } from './cards.ts';
import type { Shelf } from './kept-draft.ts';

/** What stands in the settings panel and is not saved yet: found again after a reload of the page. */
export function keepPanel(shelf: Shelf, name: string, card: Card | null): void {
  try {
    if (card === null) shelf.removeItem(panelName(name));
    else shelf.setItem(panelName(name), JSON.stringify(card));
  } catch {
    // A full or forbidden storage costs the survival of what was typed, not the typing.
  }
}

export function findPanel(shelf: Shelf, name: string, cards: readonly Card[]): Card | null {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(panelName(name)) ?? 'null');
    return isCardOf(cards, kept) ? kept : null;
  } catch {
    return null;
  }
}

const panelName = (name: string) => `${name}.panel`;

// Written by this page; it only has to belong to a card that is still there.
function isCardOf(cards: readonly Card[], kept: unknown): kept is Card {
  if (typeof kept !== 'object' || kept === null || !('uid' in kept) || !('key' in kept) || !('settings' in kept))
    return false;
  return cards.some(({ uid, key }) => uid === kept.uid && key === kept.key);
}
