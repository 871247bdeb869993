import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import { kindName } from '../../../controls/definitions.ts';
import type { Card, Lane } from './cards.ts';
import { cardName } from './definitions.ts';
import { folded, wordsOf } from './search.ts';

export interface ShownFilter {
  readonly text: string;
  readonly only: Lane | 'all';
}

/** The cards that the search over the board leaves: by name, kind and what was typed into their settings. */
export function filterCards(cards: readonly Card[], { text, only }: ShownFilter, language: Language): readonly Card[] {
  const words = wordsOf(text);
  if (words.length === 0 && only === 'all') return cards;
  return cards.filter(
    (card) => (only === 'all' || card.lane === only) && words.every((word) => told(card, language).includes(word)),
  );
}

function told(card: Card, language: Language): string {
  return folded(
    `${cardName(card, language)} ${kindName(card, language)} ${kindName(card, 'en')} ${card.key} ${JSON.stringify(card.settings)}`,
  );
}
