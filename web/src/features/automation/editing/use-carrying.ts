import { useCallback, useRef, useState } from 'react';
import { carried } from '../model/carry.ts';
import type { Editing } from './use-draft.ts';

/** The screen as it is at the moment of a gesture; read from a reference, so that no card is drawn again for it. */
export interface Latest {
  readonly editing: Editing;
  readonly stages: readonly string[];
  readonly selected: ReadonlySet<string>;
}

export interface Carrying {
  readonly lifted: string | null;
  readonly lift: (uid: string, copy: boolean) => void;
  /** True when the key meant something to the lifted card. */
  readonly carry: (uid: string, key: string) => boolean;
}

const endsCarrying = ['Tab', ' ', 'Enter', 'Escape'];

/** Lifting and carrying a card by keyboard: one gesture, undone at once. */
export function useCarrying(now: { readonly current: Latest }): Carrying {
  const [lifted, setLifted] = useState<string | null>(null);
  const gesture = useRef({ name: '', steps: 0 });
  const lift = useCallback(
    (uid: string, copy: boolean) => {
      const { draft, apply } = now.current.editing;
      const card = draft.cards.find((one) => one.uid === uid);
      if (card === undefined) return;
      const [made] = copiesOf([uid]);
      gesture.current = { name: crypto.randomUUID(), steps: copy ? 1 : 0 };
      if (copy && made !== undefined) apply({ do: 'copy', copies: [made], to: { stage: card.stage, before: uid } });
      setLifted(copy && made !== undefined ? made.uid : uid);
    },
    [now],
  );
  const carry = useCallback(
    (uid: string, key: string): boolean => {
      const { editing, stages } = now.current;
      const card = editing.draft.cards.find((one) => one.uid === uid);
      if (card === undefined || endsCarrying.includes(key)) {
        if (key === 'Escape' && gesture.current.steps > 0) editing.apply({ do: 'undo' });
        setLifted(null);
        return key !== 'Tab';
      }
      const to = carried(key, card, { cards: editing.draft.cards, stages });
      if (to === null) return key.startsWith('Arrow');
      gesture.current.steps += 1;
      editing.apply({ do: 'move', uids: [uid], to, gesture: gesture.current.name });
      return true;
    },
    [now],
  );
  return { lifted, lift, carry };
}

export const copiesOf = (uids: readonly string[]) => uids.map((of) => ({ of, uid: crypto.randomUUID() }));
