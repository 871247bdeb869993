import type { SignalKind } from '../../signals/index.ts';
import type { ItemFacts, Results, SignalFacts, WorkspaceFacts } from '../facts.ts';
import type { FieldSpec, Instant } from '../values/values.ts';
import type { Operator } from './operators.ts';

export interface ConditionPart {
  /** An item's standard name or custom field code, `client.*`, `responsible.*`, `signal.*`, `rules.<id>.*`, or `now`. */
  readonly field: string;
  readonly is: Operator;
  readonly value?: unknown;
  readonly matchCase?: boolean;
}

/** The `when` of the automation file (interfaces.md). */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | ConditionPart;

export interface ConditionFacts {
  readonly item: ItemFacts;
  readonly signal?: SignalFacts | null;
  readonly results?: Results;
  readonly workspace: WorkspaceFacts;
  /** The signal's `occurredAt`, or the moment a rule runs (semantics.md 3.6, 5.5). */
  readonly at: Instant;
  /** What all patterns together may look for in texts; left out, as much as one decision may. */
  readonly patternSteps?: number;
}

export interface ConditionResult {
  readonly holds: boolean;
  /** The part that decided against it, and what it saw; with the note `not` it holds and a NOT forbids it. */
  readonly because: { readonly part: ConditionPart; readonly got: unknown; readonly note?: string } | null;
}

/** What a condition may name. */
export interface ConditionScope {
  readonly fields: readonly FieldSpec[];
  /** The kinds of signal a trigger listens to; absent or empty for rules moved by any signal. */
  readonly signals?: readonly SignalKind[];
  /** By rule id: the names of its results. */
  readonly results?: Readonly<Record<string, readonly string[]>>;
}
