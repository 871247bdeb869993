import { createContext, type ReactNode, use } from 'react';
import type { Lane } from '../model/cards.ts';
import type { Edit, Place } from '../model/draft.ts';

/** What the cards and columns may ask of the screen; never changes, so that no card is drawn again for it. */
export interface ScreenActions {
  /** For who may look at it and not edit it: nothing is offered, and nothing that is done changes the draft. */
  readonly readOnly: boolean;
  readonly apply: (change: Edit) => void;
  readonly openCard: (uid: string, field?: string) => void;
  readonly openCatalogue: (stage: string | null, only: Lane | 'all') => void;
  readonly askCopy: (uids: readonly string[]) => void;
  readonly select: (uid: string, how: 'one' | 'toggle' | 'range') => void;
  readonly lift: (uid: string, copy: boolean) => void;
  readonly carry: (uid: string, key: string) => boolean;
  readonly drop: (dropped: Dropped) => void;
}

/** A card let go over a place. */
export interface Dropped {
  readonly uid: string;
  readonly to: Place;
  readonly copy: boolean;
}

/** The green of Create and Save: dark enough for white words in both schemes. */
export const GREEN = '#257a3e';

const Actions = createContext<ScreenActions | null>(null);

export function ScreenActionsProvider({ actions, children }: { actions: ScreenActions; children: ReactNode }) {
  return <Actions value={actions}>{children}</Actions>;
}

export function useScreen(): ScreenActions {
  const actions = use(Actions);
  if (actions === null) throw new Error('a card stands outside the automation screen');
  return actions;
}
