import type { Deed } from '@signalbox/automation/kit/definitions/deeds.ts';
import type { Ports } from '@signalbox/automation/kit/definitions/ports.ts';
import type { Chain, ItemFacts, PersonFacts } from '@signalbox/automation/kit/facts.ts';
import type { Tx } from '../platform/db.ts';

/** What a port stands on: the run of a rule, in its transaction (semantics.md 5.7). */
export interface PortRun {
  readonly tx: Tx;
  readonly now: Date;
  readonly run: { readonly id: number };
  /** What the rule is called, for what it leaves on the timeline. */
  readonly ruleName: string;
  readonly reference: { readonly people: ReadonlyMap<number, PersonFacts> };
  /** The chain that what this run causes belongs to (semantics.md 7). */
  readonly chain: Chain | null;
  /** As the item is now, after what earlier rules did. */
  item(): ItemFacts;
  /** Says what the run leaves behind, so that it can be taken back; a rule of which it is not said refuses (docs/undo.md). */
  did(deed: Deed): void;
  /** For what writes at once, by statements of its own. */
  write<T>(work: () => Promise<T>): Promise<T>;
}

/** By name, how a port is made for a run. */
export type PortMakers<S> = { readonly [P in keyof Ports]?: (run: S) => Ports[P] };
