import { useCallback, useState } from 'react';
import type { Card } from '../model/cards.ts';

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly select: (cards: readonly Card[], uid: string, how: 'one' | 'toggle' | 'range') => void;
  readonly clear: () => void;
}

interface Chosen {
  readonly uids: ReadonlySet<string>;
  /** Where a range begins. */
  readonly last: string | null;
}

const nothing: Chosen = { uids: new Set(), last: null };

/** Several cards at once: Ctrl adds and takes away, Shift takes the range in one column and lane. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState(nothing);
  const select = useCallback(
    (cards: readonly Card[], uid: string, how: 'one' | 'toggle' | 'range') =>
      setChosen((before) => next(before, { cards, uid, how })),
    [],
  );
  const clear = useCallback(() => setChosen(nothing), []);
  return { selected: chosen.uids, select, clear };
}

function next(
  before: Chosen,
  { cards, uid, how }: { cards: readonly Card[]; uid: string; how: 'one' | 'toggle' | 'range' },
): Chosen {
  if (how === 'one') return { uids: new Set([uid]), last: uid };
  if (how === 'range') return { uids: new Set([...before.uids, ...between(cards, before.last, uid)]), last: uid };
  const uids = new Set(before.uids);
  if (!uids.delete(uid)) uids.add(uid);
  return { uids, last: uid };
}

function between(cards: readonly Card[], from: string | null, to: string): readonly string[] {
  const end = cards.find((card) => card.uid === to);
  const column = cards.filter((card) => card.stage === end?.stage && card.lane === end?.lane).map(({ uid }) => uid);
  const [start, stop] = [column.indexOf(from ?? to), column.indexOf(to)];
  return start < 0 ? [to] : column.slice(Math.min(start, stop), Math.max(start, stop) + 1);
}
