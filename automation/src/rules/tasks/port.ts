import type { Instant } from '../../kit/values/values.ts';

export interface PlannedTask {
  readonly kind: 'call' | 'meeting';
  readonly title: string;
  readonly description: string;
  readonly responsibleId: number | null;
  readonly creatorId: number | null;
  readonly at: Instant;
  /** Null: nobody is reminded. */
  readonly remindMinutes: number | null;
}

/** Tasks of the item, made in the run's transaction (semantics.md 5.7). */
export interface TasksPort {
  /** The item's next call or meeting is known by then: rules wait for it by `nextCall` and `nextMeeting`. */
  plan(planned: PlannedTask): Promise<{ readonly taskId: number }>;
}

declare module '../../kit/definitions/ports.ts' {
  interface Ports {
    readonly tasks: TasksPort;
  }
}
