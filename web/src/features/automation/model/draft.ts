import { type Card, type Lane, newCard } from './cards.ts';
import { type Copy, copiesOf } from './copies.ts';
import { cardsOf, fileOf } from './file.ts';
import type { BoardFile, FileStage } from './file-shape.ts';

/** The board being edited: what the server last said, and the cards as they are now, with the way back. */
export interface Draft {
  readonly file: BoardFile;
  readonly version: number;
  readonly cards: readonly Card[];
  /** The stages of an imported file; null leaves the pipeline's own alone. */
  readonly stages: readonly FileStage[] | null;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

interface Step {
  readonly cards: readonly Card[];
  readonly stages: Draft['stages'];
  /** Steps of one gesture (a card carried by the arrow keys) share a name and are undone at once. */
  readonly gesture: string | null;
}

/** Before which card of its stage and lane; null: at the end. */
export interface Place {
  readonly stage: string;
  readonly before: string | null;
}

export type Edit =
  | { readonly do: 'load'; readonly file: BoardFile; readonly version: number; readonly cards?: readonly Card[] }
  /** The stages were changed on the server, the cards were not: ours stand on the new version. */
  | { readonly do: 'rebase'; readonly file: BoardFile; readonly version: number }
  | { readonly do: 'add'; readonly lane: Lane; readonly key: string; readonly stage: string; readonly uid: string }
  | { readonly do: 'change'; readonly card: Card }
  | { readonly do: 'enable'; readonly uid: string; readonly enabled: boolean }
  | { readonly do: 'remove'; readonly uids: readonly string[] }
  | { readonly do: 'move'; readonly uids: readonly string[]; readonly to: Place; readonly gesture?: string }
  | {
      readonly do: 'copy';
      readonly copies: readonly Copy[];
      readonly to: Place;
    }
  | { readonly do: 'arrive'; readonly cards: readonly Card[] }
  | { readonly do: 'replace'; readonly cards: readonly Card[]; readonly stages: readonly FileStage[] | null }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' };

const STEPS_KEPT = 200;

export function openDraft(
  file: BoardFile,
  version: number,
  kept: Partial<Pick<Draft, 'cards' | 'stages'>> = {},
): Draft {
  return { file, version, cards: kept.cards ?? cardsOf(file), stages: kept.stages ?? null, past: [], future: [] };
}

/** The next draft; every edit but `load` can be undone until the board is saved. */
export function edit(draft: Draft, change: Edit): Draft {
  switch (change.do) {
    case 'load':
      return openDraft(change.file, change.version, change);
    case 'rebase':
      return { ...draft, file: change.file, version: change.version };
    case 'undo':
      return undo(draft);
    case 'redo':
      return redo(draft);
    case 'replace':
      return { ...remember(draft, change.cards, null), stages: change.stages };
    case 'move':
      return remember(draft, moved(draft.cards, change.uids, change.to), change.gesture ?? null);
    default:
      return remember(draft, changed(draft.cards, change), null);
  }
}

export function isDirty(draft: Draft): boolean {
  return (
    draft.stages !== null ||
    JSON.stringify(fileOf(draft.file, draft.cards)) !== JSON.stringify(fileOf(draft.file, cardsOf(draft.file)))
  );
}

/** What is sent to be saved: with stages only when they were imported, so that nobody's new stage is lost. */
export function savedFile({ file, cards, stages }: Draft): BoardFile {
  return fileOf({ ...file, stages: stages ?? file.stages }, cards);
}

/** One column's cards of one lane, in order. */
export function cardsIn(cards: readonly Card[], stage: string, lane: Lane): readonly Card[] {
  return cards.filter((card) => card.stage === stage && card.lane === lane);
}

type Plain = Exclude<Edit, { readonly do: 'load' | 'rebase' | 'undo' | 'redo' | 'move' | 'replace' }>;

function changed(cards: readonly Card[], change: Plain): readonly Card[] {
  switch (change.do) {
    case 'add':
      return [...cards, newCard(change)];
    case 'change':
      return cards.map((card) => (card.uid === change.card.uid ? change.card : card));
    case 'enable':
      return cards.map((card) => (card.uid === change.uid ? { ...card, enabled: change.enabled } : card));
    case 'remove':
      return cards.filter((card) => !change.uids.includes(card.uid));
    case 'arrive':
      return [...cards, ...change.cards];
    case 'copy':
      return placed(cards, copiesOf(cards, change.copies), change.to);
  }
}

function moved(cards: readonly Card[], uids: readonly string[], to: Place): readonly Card[] {
  const carried = cards.filter((card) => uids.includes(card.uid));
  const others = cards.filter((card) => !uids.includes(card.uid));
  return placed(
    others,
    carried,
    to.before !== null && uids.includes(to.before) ? { ...to, before: nextAfter(cards, uids, to.before) } : to,
  );
}

function nextAfter(cards: readonly Card[], uids: readonly string[], before: string): string | null {
  const from = cards.findIndex((card) => card.uid === before);
  const target = cards[from];
  const next = cards.find(
    (card, at) => at > from && !uids.includes(card.uid) && card.stage === target?.stage && card.lane === target?.lane,
  );
  return next?.uid ?? null;
}

function placed(cards: readonly Card[], arriving: readonly Card[], to: Place): readonly Card[] {
  const here = arriving.map((card) => ({ ...card, stage: to.stage }));
  const at = to.before === null ? -1 : cards.findIndex((card) => card.uid === to.before);
  return at < 0 ? [...cards, ...here] : [...cards.slice(0, at), ...here, ...cards.slice(at)];
}

function remember(draft: Draft, cards: readonly Card[], gesture: string | null): Draft {
  const last = draft.past.at(-1);
  const sameGesture = gesture !== null && last?.gesture === gesture;
  const past = sameGesture ? draft.past : [...draft.past, stepOf(draft, gesture)].slice(-STEPS_KEPT);
  return { ...draft, cards, past, future: [] };
}

function undo(draft: Draft): Draft {
  const step = draft.past.at(-1);
  if (step === undefined) return draft;
  const { cards, stages, gesture } = step;
  return {
    ...draft,
    cards,
    stages,
    past: draft.past.slice(0, -1),
    future: [stepOf(draft, gesture), ...draft.future],
  };
}

function redo(draft: Draft): Draft {
  const [step, ...future] = draft.future;
  if (step === undefined) return draft;
  const { cards, stages, gesture } = step;
  return { ...draft, cards, stages, past: [...draft.past, stepOf(draft, gesture)], future };
}

const stepOf = ({ cards, stages }: Draft, gesture: string | null): Step => ({ cards, stages, gesture });
