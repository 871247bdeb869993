import { type Card, ruleId } from './cards.ts';
import { withRenamedRules } from './references.ts';

/** Which card is copied, and what the copy is called. */
export interface Copy {
  readonly of: string;
  readonly uid: string;
}

/** Copies with ids of their own; those that are copied together go on naming each other's results. */
export function copiesOf(cards: readonly Card[], copies: readonly Copy[]): readonly Card[] {
  const made = copies.flatMap(({ of, uid }) =>
    cards
      .filter((card) => card.uid === of)
      .map((card) => ({ before: card.id, card: { ...card, uid, id: card.lane === 'rule' ? ruleId(uid) : null } })),
  );
  const ids = new Map(
    made.flatMap(({ before, card }) => (before === null || card.id === null ? [] : [[before, card.id] as const])),
  );
  return made.map(({ card }) => withRenamedRules(card, ids));
}
