import { definitionOf } from '../../../controls/definitions.ts';
import type { Variable } from '../../../controls/form-facts.tsx';
import { type Naming as CommonNaming, variable, variablesOf } from '../../../controls/words/variables.ts';
import type { Card, RuleCard } from './cards.ts';
import { cardName } from './definitions.ts';

interface Naming extends CommonNaming {
  readonly cards: readonly Card[];
}

/** Everything that one card's texts and condition may name, by group. */
export function variablesFor(card: Card | null, naming: Naming): readonly Variable[] {
  return [...variablesOf(card, naming), ...resultVariables(card, naming)];
}

const none: readonly Card[] = [];

/** Of the cards beside it those by which its texts and its condition are told; always the same where no result is named. */
export function cardsNamedBy(card: Card, beside: readonly Card[]): readonly Card[] {
  return card.lane === 'rule' && JSON.stringify([card.settings, card.when]).includes('rules.') ? beside : none;
}

/** Results of the rules of the same stage; the file names them by the rule's id, so the rule must have one. */
export function resultVariables(
  card: Card | null,
  { cards, language }: Pick<Naming, 'cards' | 'language'>,
): readonly Variable[] {
  if (card?.lane !== 'rule') return [];
  const others = cards.filter(
    (other): other is RuleCard =>
      other.lane === 'rule' && other.stage === card.stage && other.uid !== card.uid && other.id !== null,
  );
  return others.flatMap((other) => {
    const definition = definitionOf(other);
    const outputs = definition !== undefined && 'outputs' in definition ? definition.outputs : {};
    const names = definition !== undefined && 'gives' in definition ? definition.gives(other.settings) : [];
    const texts = definition?.strings[language].outputs ?? {};
    return names.map((name) =>
      variable(`rules.${other.id}.${name}`, texts[name] ?? name, cardName(other, language), outputs[name] ?? 'text'),
    );
  });
}
