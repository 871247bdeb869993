import type { Card } from './cards.ts';
import type { Draft } from './draft.ts';
import { isDirty } from './draft.ts';
import type { BoardFile } from './file-shape.ts';

/** What a reload of the page finds again. */
export interface KeptDraft {
  readonly file: BoardFile;
  readonly version: number;
  readonly cards: readonly Card[];
  readonly stages?: Draft['stages'];
}

/** Under which name the draft of a board is kept on this machine. */
export const keptName = (board: { readonly workspace: number; readonly type: string; readonly pipeline: string }) =>
  `signalbox.draft.${board.workspace}.${board.type}.${board.pipeline}`;

export interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

export function keepDraft(shelf: Shelf, name: string, draft: Draft): void {
  try {
    if (!isDirty(draft)) shelf.removeItem(name);
    else shelf.setItem(name, JSON.stringify(keptOf(draft)));
  } catch {
    // A full or forbidden storage costs the draft's survival, not the edit.
  }
}

const keptOf = ({ file, version, cards, stages }: Draft): KeptDraft => ({ file, version, cards, stages });

export function findDraft(shelf: Shelf, name: string): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(name) ?? 'null');
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isKept(kept: unknown): kept is KeptDraft {
  if (typeof kept !== 'object' || kept === null) return false;
  return (
    'file' in kept &&
    'version' in kept &&
    typeof kept.version === 'number' &&
    'cards' in kept &&
    Array.isArray(kept.cards)
  );
}
