import type { Board, BoundRule } from '@signalbox/automation/engine/board.ts';
import type { Ports } from '@signalbox/automation/kit/definitions/ports.ts';
import type { Results, SignalFacts } from '@signalbox/automation/kit/facts.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import type { PortRun } from '../../parts/port-run.ts';
import type { Run } from '../visits/runs.store.ts';
import type { Effects } from './effects.ts';

/** What the ports of one run stand on. */
export interface PortScope extends PortRun {
  readonly workspaceId: number;
  readonly run: Run;
  readonly rule: BoundRule;
  readonly ruleName: string;
  readonly board: Board;
  readonly reference: Reference;
  readonly signal: SignalFacts | null;
  readonly results: Results;
  /** When the run was due; now, unless it is late. */
  readonly asOf: Date;
  /** Rows for many runs at once; forgotten when the rule fails. */
  readonly effects: Effects;
  /** For commands that change the item or its runs. */
  command<T>(work: () => Promise<T>): Promise<T>;
}

/** The ports that rules use; a rule refuses to run without one of its own. */
export type MakePorts = (scope: PortScope) => Partial<Ports>;
