import type { EffectiveRights } from '@signalbox/contract/people/rights.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Databases } from './db.ts';
import type { Log } from './log.ts';
import type { Realtime } from './realtime.ts';

/** What every part of a running process is given. */
export interface Context {
  readonly databases: Databases;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly realtime: Realtime;
}

/** What somebody may do, and who belongs to them (docs/rights.md). */
export interface Rights extends EffectiveRights {
  readonly employeeId: number;
  /** The ids of oneself and of everybody in one's departments and those below. */
  readonly department: readonly number[];
}

/** Where a request came from, as far as the product knows. */
export interface Origin {
  /** The network address. */
  readonly address: string | null;
  /** The beginning of a hash of the session: the same from signing in to signing out, and no way in. */
  readonly session: string | null;
  readonly key: { readonly id: number; readonly name: string } | null;
}

/** Who asks: one employee of one workspace, by a browser session or an API key. */
export interface Caller {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly role: 'admin' | 'employee';
  readonly via: 'session' | 'key';
  readonly language: string;
  readonly rights: Rights;
  readonly origin: Origin;
  /** When they last gave their password in this session; a key has none. */
  readonly confirmedAt?: Date;
  /** A key that changes nothing. */
  readonly onlyReads?: boolean;
  /** Whoever looks through this person's eyes, and may change nothing meanwhile. */
  readonly seenBy: number | null;
  /** When that ends by itself. */
  readonly seenUntil: Date | null;
}

/** What a route answers; a body is sent as JSON unless the headers say otherwise. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}
