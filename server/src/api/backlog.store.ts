import { sql } from 'kysely';
import type { Databases } from '../platform/db.ts';

export interface Backlog {
  /** Undecided signals of all workspaces, and how long the oldest has waited. */
  readonly signals: number;
  readonly oldestSeconds: number;
  readonly runsDue: number;
  readonly deliveriesDue: number;
  /** Channels whose provider keeps failing; what they were to send waits. */
  readonly channelsPaused: number;
  /** Signals that failed alone three times (semantics.md 1.5). */
  readonly undecidable: number;
  /** Mail that could not be read as its writer meant it (docs/email.md). */
  readonly mailUnreadable: number;
}

/** Over all workspaces; throws when the database does not answer within two seconds. */
export async function readBacklog({ system }: Pick<Databases, 'system'>): Promise<Backlog> {
  const read = sql<Backlog>`
    select (select count(*)::int from signal_queue where parked_at is null) as signals,
      (select coalesce(extract(epoch from clock_timestamp() - min(recorded_at)), 0)::float8 from signal_queue where parked_at is null) as "oldestSeconds",
      (select count(*)::int from runs where state = 'waiting' and due_at is not null and due_at <= now()) as "runsDue",
      (select count(*)::int from outbox where state in ('queued', 'sending') and next_at <= now()) as "deliveriesDue",
      (select count(*)::int from failing_channels where paused_until is not null) as "channelsPaused",
      (select count(*)::int from signal_queue where parked_at is not null) as undecidable,
      (select count(*)::int from emails where unreadable is not null) as "mailUnreadable"`.execute(system);
  const { rows } = await Promise.race([read, tooLate()]);
  const [row] = rows;
  if (row === undefined) throw new Error('no backlog');
  return row;
}

const PATIENCE_MS = 2_000;

function tooLate(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('the database did not answer in time')), PATIENCE_MS).unref();
  });
}
