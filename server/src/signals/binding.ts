import type { Tx } from '../platform/db.ts';

/** A signal that named a client, and the items that were chosen because of that; none when it reached no item. */
export interface Binding {
  readonly signalId: number;
  readonly kind: string;
  readonly payload: unknown;
  readonly itemIds: readonly number[];
  /** For people: why these items (semantics.md 2.5). */
  readonly why: Readonly<Record<string, unknown>>;
}

/** Channels tie what they keep (the e-mail, the call) to the items that were chosen, in the drain's transaction. */
export type BindSignals = (tx: Tx, bindings: readonly Binding[]) => Promise<void>;
