import { useCallback, useMemo, useRef, useState } from 'react';
import type { CatalogueOpening } from './catalogue/catalogue.tsx';
import { type Destination, useDestination } from './copy/use-destination.ts';
import type { Dropped, ScreenActions } from './editing/screen.tsx';
import { copiesOf, type Latest, useCarrying } from './editing/use-carrying.ts';
import type { Editing } from './editing/use-draft.ts';
import { type Selection, useSelection } from './editing/use-selection.ts';
import type { Card } from './model/cards.ts';
import { findPanel } from './model/kept-panel.ts';
import type { Entry } from './model/search.ts';

export interface Opened {
  readonly uid: string;
  /** The field of the form to lead to. */
  readonly field: string;
}

export interface Asking {
  readonly how: 'copy' | 'move';
  readonly uids: readonly string[];
}

export interface ScreenState extends Pick<Selection, 'selected' | 'clear'> {
  readonly actions: ScreenActions;
  readonly opened: Opened | null;
  readonly catalogue: CatalogueOpening | null;
  readonly asking: Asking | null;
  readonly lifted: string | null;
  readonly closeCard: () => void;
  readonly setCatalogue: (opening: CatalogueOpening | null) => void;
  readonly ask: (asking: Asking | null) => void;
  readonly add: (entry: Entry, more: boolean) => void;
  readonly answer: (destination: Destination) => void;
}

interface Kept {
  readonly keptAs: string;
  readonly readOnly: boolean;
}

/** What is open, selected and lifted on the screen, and what the cards may ask of it. */
export function useScreenState(editing: Editing, stages: readonly string[], { keptAs, readOnly }: Kept): ScreenState {
  const { apply } = editing;
  const first = stages[0] ?? '';
  const selection = useSelection();
  const now = useRef<Latest>({ editing, stages, selected: selection.selected });
  now.current = { editing, stages, selected: selection.selected };
  const [opened, setOpened] = useState<Opened | null>(() => openedBefore(editing.draft.cards, keptAs));
  const [catalogue, setCatalogue] = useState<CatalogueOpening | null>(null);
  const [asking, ask] = useState<Asking | null>(null);
  const { lifted, lift, carry } = useCarrying(now);
  const drop = useDropping(now);
  const follow = useDestination();
  const { selected, select, clear } = selection;
  const actions: ScreenActions = useMemo(
    () => ({
      readOnly,
      apply,
      openCard: (uid, field = '') => setOpened({ uid, field }),
      openCatalogue: (stage, only) => setCatalogue({ stage: stage ?? first, only }),
      askCopy: (uids) => ask({ how: 'copy', uids }),
      select: (uid, how) => select(now.current.editing.draft.cards, uid, how),
      lift,
      carry,
      drop,
    }),
    [readOnly, apply, first, select, lift, carry, drop],
  );
  const add = (entry: Entry, more: boolean) => {
    const uid = crypto.randomUUID();
    apply({ do: 'add', lane: entry.lane, key: entry.key, stage: catalogue?.stage ?? first, uid });
    if (more) return;
    setCatalogue(null);
    setOpened({ uid, field: '' });
  };
  const answer = (destination: Destination) => {
    if (asking !== null) follow(now.current.editing, asking, destination);
    ask(null);
    clear();
  };
  return {
    actions,
    selected,
    clear,
    opened,
    catalogue,
    asking,
    lifted,
    closeCard: () => setOpened(null),
    setCatalogue,
    ask,
    add,
    answer,
  };
}

/** The card that was being set up when the page was left, or the one that a link names after the `#`. */
function openedBefore(cards: readonly Card[], keptAs: string): Opened | null {
  const kept = findPanel(sessionStorage, keptAs, cards);
  if (kept !== null) return { uid: kept.uid, field: '' };

  const id = decodeURIComponent(location.hash.slice(1));
  const card = id === '' ? undefined : cards.find((one) => one.id === id || one.uid === id);
  return card === undefined ? null : { uid: card.uid, field: '' };
}

/** A dropped card takes the whole selection of its lane along when it is part of it. */
function useDropping(now: { readonly current: Latest }) {
  return useCallback(
    ({ uid, to, copy }: Dropped) => {
      const { editing, selected } = now.current;
      const { cards } = editing.draft;
      const lane = cards.find((card) => card.uid === uid)?.lane;
      const carried = cards
        .filter((card) => card.uid === uid || (selected.has(uid) && selected.has(card.uid) && card.lane === lane))
        .map((card) => card.uid);
      editing.apply(copy ? { do: 'copy', copies: copiesOf(carried), to } : { do: 'move', uids: carried, to });
    },
    [now],
  );
}
