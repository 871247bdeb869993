import type { HeaderSetting } from '../../kit/settings/outside-fields.ts';
import type { Reason } from '../../kit/words/reasons.ts';

export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  /** Those that are secret say where their value is kept. */
  readonly headers: readonly HeaderSetting[];
  /** Null: none. */
  readonly body: string | null;
  /** Where the secret that signs it is kept; empty: it is not signed. */
  readonly signingSecret: string;
  /** The run waits for the answer; null: it does not. By name, where the results stand in it. */
  readonly wanted: Readonly<Record<string, string>> | null;
}

export type Answered =
  | { readonly state: 'waiting' }
  | { readonly state: 'answered'; readonly status: number; readonly results: Readonly<Record<string, unknown>> }
  | { readonly state: 'failed'; readonly reason: Reason };

/** Requests to other systems: rows in the outbox, in the run's transaction (semantics.md 5.8). */
export interface OutsidePort {
  send(request: OutgoingRequest): Promise<{ readonly requestId: number }>;
  find(requestId: number): Promise<Answered>;
}

declare module '../../kit/definitions/ports.ts' {
  interface Ports {
    readonly outside: OutsidePort;
  }
}
