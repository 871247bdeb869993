import type { Card } from './cards.ts';
import { type Copy, copiesOf } from './copies.ts';

/** To which stage each of the stages goes. */
export type Places = Readonly<Record<string, string>>;

/** Copies for another board, in its stages; yellow where something does not fit there. */
export function cardsFor(
  cards: readonly Card[],
  {
    copies,
    places,
    unfit,
  }: { readonly copies: readonly Copy[]; readonly places: Places; readonly unfit: ReadonlySet<string> },
): readonly Card[] {
  const wrong = new Set(copies.flatMap(({ of, uid }) => (unfit.has(of) ? [uid] : [])));
  return copiesOf(cards, copies).map((card) => ({
    ...card,
    stage: places[card.stage] ?? card.stage,
    fresh: card.fresh || wrong.has(card.uid),
  }));
}

interface StageNamed {
  readonly code: string;
  readonly name: string;
}

/** Each stage's place on another board: the same code, else the same name, else the first. */
export function placesOn(from: readonly StageNamed[], there: readonly StageNamed[]): Places {
  const placeOf = ({ code, name }: StageNamed) =>
    there.find((stage) => stage.code === code) ??
    there.find((stage) => stage.name.toLowerCase() === name.toLowerCase()) ??
    there[0];
  return Object.fromEntries(from.map((stage) => [stage.code, placeOf(stage)?.code ?? '']));
}
