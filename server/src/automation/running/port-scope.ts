import type { Board, BoundRule } from '@signalbox/automation/engine/board.ts';
import type { Ports } from '@signalbox/automation/kit/definitions/ports.ts';
import type { Chain, ItemFacts, Results, SignalFacts } from '@signalbox/automation/kit/facts.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import type { Tx } from '../../platform/db.ts';
import type { Run } from '../visits/runs.store.ts';
import type { Effects } from './effects.ts';

/** What the ports of one run stand on. */
export interface PortScope {
  readonly tx: Tx;
  readonly workspaceId: number;
  readonly now: Date;
  readonly run: Run;
  readonly rule: BoundRule;
  readonly ruleName: string;
  readonly board: Board;
  readonly reference: Reference;
  readonly signal: SignalFacts | null;
  readonly results: Results;
  /** The chain that what this run causes belongs to (semantics.md 7). */
  readonly chain: Chain | null;
  /** Rows for many runs at once; forgotten when the rule fails. */
  readonly effects: Effects;
  /** As the item is now, after what earlier rules did. */
  item(): ItemFacts;
  /** For what writes at once, by statements of its own. */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** For commands that change the item or its runs. */
  command<T>(work: () => Promise<T>): Promise<T>;
}

export type MakePorts = (scope: PortScope) => Ports;
