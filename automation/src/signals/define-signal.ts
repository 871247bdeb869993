import { z } from 'zod';
import type { ChannelKind } from './channel-kinds.ts';

/** `direct`: the signal names its items; `client`: only the client is known (semantics.md 2). */
export type Tie = 'direct' | 'client' | 'either';

export interface SignalSpec<K extends string, S extends z.ZodObject> {
  readonly kind: K;
  /** May be posted by outside systems (interfaces.md, `POST /api/v1/signals`). */
  readonly external: boolean;
  readonly schema: S;
  readonly tie: Tie;
  readonly channelKind?: ChannelKind;
  readonly channelOf?: (payload: z.infer<S>) => number | string | undefined;
  /** Which of a client's open items a client tie reaches unless the channel says otherwise (semantics.md 2.2). */
  readonly multiClient?: 'latest' | 'all';
}

export interface SignalDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject> {
  readonly kind: K;
  readonly external: boolean;
  readonly schema: S;
  readonly tie: Tie;
  readonly channelKind: ChannelKind | null;
  channelOf(payload: z.infer<S>): number | string | null;
  readonly multiClient: 'latest' | 'all';
  /** The names of the payload, for conditions and templates over `signal.*`. */
  readonly names: readonly string[];
}

/** One kind of signal: its payload, who may send it, what it is tied to (semantics.md 1). */
export function defineSignal<K extends string, S extends z.ZodObject>(spec: SignalSpec<K, S>): SignalDefinition<K, S> {
  return {
    kind: spec.kind,
    external: spec.external,
    schema: spec.schema,
    tie: spec.tie,
    channelKind: spec.channelKind ?? null,
    channelOf: (payload) => spec.channelOf?.(payload) ?? null,
    multiClient: spec.multiClient ?? 'latest',
    names: Object.keys(spec.schema.shape),
  };
}

/** A channel is named by its id or by its address or number. */
export const channelRef = z.union([z.number().int(), z.string()]);
/** Employees are named by id or by e-mail address. */
export const employeeRef = z.union([z.number().int(), z.string()]);
