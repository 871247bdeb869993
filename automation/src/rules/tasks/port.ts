import type { Instant } from '../../kit/values/values.ts';

export interface NewTask {
  readonly kind: 'task' | 'call' | 'meeting';
  readonly title: string;
  readonly description: string;
  readonly responsibleId: number | null;
  readonly creatorId: number | null;
  readonly observerIds: readonly number[];
  /** A call or meeting takes place then. */
  readonly deadline: Instant | null;
  /** Null: nobody is reminded. */
  readonly remindMinutes: number | null;
  readonly checklist: readonly string[];
  /** Who gave it accepts it. */
  readonly needsAcceptance: boolean;
}

/** Tasks of the item, in the run's transaction (semantics.md 5.7). */
export interface TasksPort {
  /** Of a call or meeting the item's next one is known by then: rules wait for it by `nextCall` and `nextMeeting`. */
  create(task: NewTask): Promise<{ readonly taskId: number }>;
  /** What became of it; undefined when it was deleted. `closedAt` as RFC 3339. */
  find(taskId: number): Promise<{ readonly closedAt: string | null; readonly closedById: number | null } | undefined>;
  /** Those that rules of these stages have made and that are not completed; no stage means every one. */
  complete(which: {
    readonly stages: readonly string[];
    readonly byId: number | null;
  }): Promise<{ readonly completed: number }>;
}

declare module '../../kit/definitions/ports.ts' {
  interface Ports {
    readonly tasks: TasksPort;
  }
}
