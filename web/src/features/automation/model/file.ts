import { type Card, ruleCard, ruleEntry, triggerCard, triggerEntry } from './cards.ts';

/** The automation file as the server gives and takes it (interfaces.md, "The automation file"). */
export interface FileStage {
  readonly code: string;
  readonly name: string;
  readonly kind: 'open' | 'won' | 'lost';
  readonly color?: string | null;
}

export type EmptyDate = 'wait' | 'now' | 'skip';

export type RuleTime =
  | { readonly after: string; readonly field?: string; readonly empty?: EmptyDate }
  | { readonly before: string; readonly field: string; readonly empty?: EmptyDate }
  | { readonly at: { readonly field: string; readonly time?: string }; readonly empty?: EmptyDate };

export interface FileTrigger {
  readonly on: string;
  readonly id?: string;
  readonly stage: string;
  readonly name?: string;
  readonly enabled?: boolean;
  readonly when?: unknown;
  readonly as?: string;
  readonly allowBack?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface FileRule {
  readonly do: string;
  readonly id?: string;
  readonly stage: string;
  readonly name?: string;
  readonly enabled?: boolean;
  readonly when?: unknown;
  readonly order?: 'in parallel' | 'after previous';
  readonly time?: RuleTime;
  readonly onLeave?: 'cancel' | 'keep';
  readonly hours?: readonly ('company' | 'responsible')[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface BoardFile {
  readonly type: string;
  readonly pipeline: string;
  readonly stages: readonly FileStage[];
  readonly triggers: readonly FileTrigger[];
  readonly rules: readonly FileRule[];
}

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
