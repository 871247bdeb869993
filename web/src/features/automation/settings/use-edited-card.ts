import { type SetStateAction, useCallback, useEffect, useState } from 'react';
import type { Card } from '../model/cards.ts';
import { findPanel, keepPanel } from '../model/kept-panel.ts';

const STEPS_KEPT = 100;
/** What follows one another this closely, as letters do, is one step. */
const ONE_STEP_MS = 600;

interface Edited {
  readonly now: Card;
  readonly past: readonly Card[];
  readonly changedAt: number;
}

export interface EditedCard {
  readonly edited: Card;
  readonly setEdited: (next: SetStateAction<Card>) => void;
  /** Null: nothing to undo. */
  readonly undo: (() => void) | null;
}

/** The card as it is being set up, step by step; whoever leaves the page and comes back finds it again, closing the panel forgets it. */
export function useEditedCard(card: Card, keptAs: string): EditedCard {
  const [{ now, past }, setState] = useState<Edited>(() => ({
    now: findPanel(sessionStorage, keptAs, [card]) ?? card,
    past: [],
    changedAt: 0,
  }));
  useEffect(() => keepPanel(sessionStorage, keptAs, now === card ? null : now), [now, card, keptAs]);
  const setEdited = useCallback(
    (next: SetStateAction<Card>) =>
      setState((before) => after(before, typeof next === 'function' ? next(before.now) : next)),
    [],
  );
  const undo = useCallback(() => setState(back), []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => undoes(event) && undo();
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [undo]);
  return { edited: now, setEdited, undo: past.length === 0 ? null : undo };
}

function after({ now, past, changedAt }: Edited, next: Card): Edited {
  const at = Date.now();
  const sameStep = past.length > 0 && at - changedAt < ONE_STEP_MS;
  return { now: next, past: sameStep ? past : [...past, now].slice(-STEPS_KEPT), changedAt: at };
}

function back(state: Edited): Edited {
  const last = state.past.at(-1);
  return last === undefined ? state : { now: last, past: state.past.slice(0, -1), changedAt: 0 };
}

/** Ctrl+Z where it does not already undo the typing of a text. */
function undoes(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== 'z') return false;
  const { target } = event;
  if (!(target instanceof HTMLElement) || target.isContentEditable) return false;
  if (target.matches('textarea, input:not([type=checkbox]):not([readonly])')) return false;
  event.preventDefault();
  return true;
}
