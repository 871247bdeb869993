import type { Card } from './cards.ts';
import { cardsOf, fileOf } from './file.ts';
import type { BoardFile } from './file-shape.ts';

export type Side = 'mine' | 'theirs';

/** One card on which the two boards differ; null where a side has no such card. */
export interface Difference {
  readonly id: string;
  readonly base: Card | null;
  readonly mine: Card | null;
  readonly theirs: Card | null;
  /** Both sides changed it, differently: somebody has to say which stays. */
  readonly conflict: boolean;
}

export interface Meeting {
  readonly base: BoardFile;
  readonly mine: readonly Card[];
  readonly theirs: BoardFile;
}

/** What my draft and the other person's saved board changed since both began (semantics.md 8.3). */
export function differences(meeting: Meeting): readonly Difference[] {
  const sides = sidesOf(meeting);
  const ids = new Set([...sides.base.keys(), ...sides.theirs.keys(), ...sides.mine.keys()]);
  return [...ids]
    .map((id) => differenceAt(id, sides))
    .filter((found) => !isSame(found.mine, found.base) || !isSame(found.theirs, found.base));
}

/** What leads from a board to other cards, one difference a card. */
export function differencesTo(base: BoardFile, cards: readonly Card[]): readonly Difference[] {
  return differences({ base, mine: cardsOf(base), theirs: fileOf(base, cards) });
}

/** Their board with my changes on it; where both changed one card, `choose` says whose stays. */
export function merge(meeting: Meeting, choose: (difference: Difference) => Side): readonly Card[] {
  const wins = new Map(differences(meeting).map((difference) => [difference.id, sideOf(difference, choose)]));
  const mine = new Map(meeting.mine.map((card) => [keyOf(card), card]));
  const theirs = cardsOf(meeting.theirs);
  const known = new Set(theirs.map(keyOf));
  const kept = theirs.flatMap((card) => (wins.get(keyOf(card)) === 'mine' ? listOf(mine.get(keyOf(card))) : [card]));
  const mineOnly = meeting.mine.filter((card) => !known.has(keyOf(card)) && wins.get(keyOf(card)) === 'mine');
  return [...kept, ...mineOnly];
}

interface Sides {
  readonly base: ReadonlyMap<string, Card>;
  readonly mine: ReadonlyMap<string, Card>;
  readonly theirs: ReadonlyMap<string, Card>;
}

function sidesOf({ base, mine, theirs }: Meeting): Sides {
  const byKey = (cards: readonly Card[]) => new Map(cards.map((card) => [keyOf(card), card]));
  return { base: byKey(cardsOf(base)), mine: byKey(mine), theirs: byKey(cardsOf(theirs)) };
}

function differenceAt(id: string, sides: Sides): Difference {
  const base = sides.base.get(id) ?? null;
  const mine = sides.mine.get(id) ?? null;
  const theirs = sides.theirs.get(id) ?? null;
  const conflict = !isSame(mine, base) && !isSame(theirs, base) && !isSame(mine, theirs);
  return { id, base, mine, theirs, conflict };
}

function sideOf(difference: Difference, choose: (difference: Difference) => Side): Side {
  if (difference.conflict) return choose(difference);
  return isSame(difference.mine, difference.base) ? 'theirs' : 'mine';
}

function isSame(one: Card | null, other: Card | null): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

const plain = (card: Card | null) => (card === null ? null : { ...card, uid: '', fresh: false });
const keyOf = (card: Card) => card.id ?? card.uid;
const listOf = (card: Card | undefined) => (card === undefined ? [] : [card]);
