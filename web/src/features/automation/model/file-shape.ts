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
  | { readonly at: { readonly field: string; readonly time?: string }; readonly empty?: EmptyDate }
  | OnDay;

/** A day of the calendar; `2026-12-31`. */
export interface OnDay {
  readonly at: { readonly date: string; readonly time?: string };
}

/** Whether it is a day that is the same for every item. */
export function isOnDay(time: RuleTime): time is OnDay {
  return 'at' in time && 'date' in time.at;
}

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
