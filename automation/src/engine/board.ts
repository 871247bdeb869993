import type { Condition } from '../kit/conditions/condition.ts';
import type { CompiledCondition } from '../kit/conditions/conditions.ts';
import type { RuleDefinition } from '../kit/definitions/define-rule.ts';
import type { Listener, TriggerDefinition } from '../kit/definitions/define-trigger.ts';
import type { PersonRef } from '../kit/values/people.ts';
import type { FieldSpec } from '../kit/values/values.ts';
import type { RuleTime } from './rule-time.ts';

export interface Stage {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: 'open' | 'won' | 'lost';
  readonly position: number;
  readonly color?: string | null;
}

interface Placed {
  readonly id: string;
  readonly key: string;
  readonly stageId: number;
  readonly position: number;
  /** What it is called on screen: its own name or its kind's. */
  readonly name: string;
  /** Null: it has no name of its own. */
  readonly ownName: string | null;
  readonly enabled: boolean;
  readonly when: Condition | null;
  /** As parsed from the file, defaults filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface PlacedTrigger extends Placed {
  /** "Change stage as" (triggers.md). */
  readonly as: PersonRef;
  readonly allowBack: boolean;
}

export interface PlacedRule extends Placed {
  readonly order: 'in parallel' | 'after previous';
  readonly time: RuleTime;
  readonly hours: readonly ('company' | 'responsible')[];
  readonly onLeave: 'cancel' | 'keep';
}

export interface BoundTrigger extends PlacedTrigger {
  readonly stage: string;
  /** The stage's place in the pipeline, from 0. */
  readonly stageOrder: number;
  readonly definition: TriggerDefinition;
  readonly listener: Listener;
  readonly condition: CompiledCondition | null;
}

export interface BoundRule extends PlacedRule {
  readonly stage: string;
  readonly definition: RuleDefinition;
  readonly condition: CompiledCondition | null;
  /** The ids of the rules whose results this one uses (semantics.md 5.2). */
  readonly usesResultsOf: readonly string[];
}

/** A pipeline's automation, parsed once: what `decide` and the runner work on. */
export interface Board {
  readonly version: number;
  readonly type: string;
  readonly pipelineId: number;
  readonly stages: readonly Stage[];
  readonly fields: readonly FieldSpec[];
  /** In judging order: by stage, then as they stand there (semantics.md 3.2). */
  readonly triggers: readonly BoundTrigger[];
  /** By stage, then as they stand there. */
  readonly rules: readonly BoundRule[];
  /** The enabled triggers that listen to a kind of signal, in judging order. */
  readonly triggersByKind: ReadonlyMap<string, readonly BoundTrigger[]>;
  /** By stage id: its place in the pipeline. */
  readonly stageOrder: ReadonlyMap<number, number>;
}
