import type { Chain } from '@signalbox/automation/kit/facts.ts';
import type { Caller, Rights } from '../../platform/context.ts';

/** Who does something to a task, and because of what. */
export interface TaskActing {
  /** The employee; null: nobody in particular. */
  readonly byId: number | null;
  readonly now: Date;
  /** When a rule was to do it, if that is late: what it makes due was due then (semantics.md 5.1). */
  readonly asOf?: Date;
  /** What the signal belongs to that it causes; null: a person or the API, so a new chain begins (semantics.md 7). */
  readonly chain: Chain | null;
  readonly runId?: number | null;
  readonly ruleName?: string | null;
  /** What the person may do; automation has none there: it sees what the workspace sees. */
  readonly rights?: Rights | undefined;
}

/** A person, or a program in their name. */
export function actingOnTasks({ employeeId, rights }: Caller, now: Date): TaskActing {
  return { byId: employeeId, now, chain: null, rights };
}
