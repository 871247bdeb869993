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

/** Who asks: one employee of one workspace, by a browser session or an API key. */
export interface Caller {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly role: 'admin' | 'employee';
  readonly via: 'session' | 'key';
  readonly language: string;
}

/** What a route answers; a body is sent as JSON unless the headers say otherwise. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}
