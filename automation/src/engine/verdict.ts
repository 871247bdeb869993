import type { Chain } from '../kit/facts.ts';

/** In the order in which they are tried; the last is for those behind the one that moves (semantics.md 3.2). */
export const verdictCodes = [
  'already-here',
  'would-move-back',
  'settings',
  'not-a-person',
  'condition',
  'loop',
  'moves',
  'outrun',
] as const;
export type VerdictCode = (typeof verdictCodes)[number];

export interface Verdict {
  /** The placed trigger's id. */
  readonly trigger: string;
  readonly key: string;
  readonly name: string;
  /** The code of the trigger's stage. */
  readonly stage: string;
  readonly verdict: VerdictCode;
  /** The setting, wanted and got; or the failing part of the condition and what it saw; or the chain. */
  readonly detail: Readonly<Record<string, unknown>> | null;
}

export interface TriggerMove {
  readonly trigger: string;
  readonly stageId: number;
  readonly chain: Chain;
}

export interface Decision {
  readonly verdicts: readonly Verdict[];
  /** At most one move per signal and item (semantics.md 3.3). */
  readonly move: TriggerMove | null;
}
