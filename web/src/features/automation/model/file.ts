import { type Card, ruleCard, ruleEntry, triggerCard, triggerEntry } from './cards.ts';
import type { BoardFile } from './file-shape.ts';

/** Cards in the order of the file. A card that the server knows keeps its uid over reloads: it is made from its id. */
export function cardsOf(file: BoardFile): readonly Card[] {
  return [
    ...file.triggers.map((entry, at) => triggerCard(entry, uidOf('t', entry.id, at))),
    ...file.rules.map((entry, at) => ruleCard(entry, uidOf('r', entry.id, at))),
  ];
}

/** The file with these cards in place of its own; what it says of stages stays. */
export function fileOf(file: BoardFile, cards: readonly Card[]): BoardFile {
  return {
    ...file,
    triggers: inStageOrder(file, cards).flatMap((card) => (card.lane === 'trigger' ? [triggerEntry(card)] : [])),
    rules: inStageOrder(file, cards).flatMap((card) => (card.lane === 'rule' ? [ruleEntry(card)] : [])),
  };
}

/** The cards in the order in which `fileOf` writes them: a server error names them by this place. */
export function inStageOrder(file: BoardFile, cards: readonly Card[]): readonly Card[] {
  const places = new Map(file.stages.map((stage, at) => [stage.code, at]));
  const placeOf = (card: Card) => places.get(card.stage) ?? file.stages.length;
  return cards.toSorted((one, other) => placeOf(one) - placeOf(other));
}

const uidOf = (lane: string, id: string | undefined, at: number) => `${lane}:${id ?? `#${at}`}`;
