import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { DB } from '../../../platform/schema.ts';
import type { EmailHead } from '../letters/emails.store.ts';
import type { Evidence } from '../letters/evidence.ts';
import { type NearbyEvent, reachMs } from './fold-fetches.ts';
import type { Fetch } from './judge-fetch.ts';

export interface EmailEvent extends Pick<Fetch, 'kind' | 'url' | 'at' | 'userAgent' | 'ip'> {
  readonly id: number;
  readonly emailId: number;
  readonly machine: boolean;
  /** By the client: no machine, no employee of ours. */
  readonly counted: boolean;
  readonly evidence: readonly Evidence[];
  /** How many it stands for, and when the last of them came. */
  readonly times: number;
  readonly lastAt: Date;
}

interface NewEvent extends Omit<EmailEvent, 'id' | 'times' | 'lastAt'> {
  /** Until then it is not decided who it was. */
  readonly heldUntil?: Date | null;
}

export async function insertEvent(tx: Tx, event: NewEvent): Promise<number> {
  const { emailId, userAgent, evidence, kind, url, at, ip, machine, counted } = event;
  const { id } = await tx
    .insertInto('email_events')
    .values({
      ...{
        workspace_id: workspaceOf(tx),
        email_id: emailId,
        kind,
        url,
        at,
        user_agent: userAgent,
        ip,
        machine,
        counted,
      },
      evidence: JSON.stringify(evidence),
      held_until: event.heldUntil ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Of each e-mail its first and its newest, so many at most, in the order in which they came. */
export async function listEvents(tx: Tx, emailIds: readonly number[]): Promise<EmailEvent[]> {
  if (emailIds.length === 0) return [];
  const side = (direction: 'asc' | 'desc', limit: number) => sql`
    (select * from email_events v where v.workspace_id = ${workspaceOf(tx)} and v.email_id = e.id
      order by v.workspace_id ${sql.raw(direction)}, v.email_id ${sql.raw(direction)}, v.id ${sql.raw(direction)} limit ${limit})`;
  const { rows } = await sql<Selectable<DB['email_events']>>`
    select v.* from unnest(${[...emailIds]}::bigint[]) e(id),
      lateral (${side('asc', SHOWN_FIRST)} union ${side('desc', SHOWN_NEWEST)}) v
    order by v.id`.execute(tx);
  return rows.map(toEvent);
}

const SHOWN_FIRST = 10;
const SHOWN_NEWEST = 90;

export async function findEvent(tx: Tx, id: number): Promise<EmailEvent | undefined> {
  const row = await tx
    .selectFrom('email_events')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toEvent(row);
}

/** Those that stand for something within `ms` before or after, in the order in which they came. */
export async function listNearby(
  tx: Tx,
  { emailId, at, ms }: { emailId: number; at: Date; ms: number },
): Promise<NearbyEvent[]> {
  const rows = await tx
    .selectFrom('email_events')
    .select(['id', 'kind', 'url', 'at', 'last_at', 'user_agent', 'ip', 'machine', 'counted', 'held_until'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('email_id', '=', emailId)
    .where('at', '>=', new Date(at.getTime() - reachMs(ms)))
    .where('at', '<=', new Date(at.getTime() + ms))
    .orderBy('at', 'desc')
    .limit(MOST_NEARBY)
    .execute();
  return rows
    .map(({ user_agent: userAgent, last_at: lastAt, held_until: heldUntil, ...row }) => ({
      ...{ ...row, userAgent, lastAt: lastAt ?? row.at, isHeld: heldUntil !== null },
    }))
    .reverse();
}

// More than foldFetch lets come in the time.
const MOST_NEARBY = 2_000;

function toEvent(row: Selectable<DB['email_events']>): EmailEvent {
  return {
    ...{ id: row.id, emailId: row.email_id, kind: row.kind, url: row.url, at: row.at },
    ...{ userAgent: row.user_agent, ip: row.ip, machine: row.machine, counted: row.counted },
    ...{ evidence: storedEvidence(row.evidence), times: row.times, lastAt: row.last_at ?? row.at },
  };
}

const evidence = z.array(z.object({ what: z.string(), weight: z.number(), detail: z.string() })).catch([]);

export function storedEvidence(json: unknown): Evidence[] {
  return evidence.parse(json);
}

/** One more of an event that stands there. */
export async function foldInto(
  tx: Tx,
  { id, times, lastAt }: { id: number; times: number; lastAt: Date },
): Promise<void> {
  await tx
    .updateTable('email_events')
    .set((of) => ({ times: of('times', '+', times), last_at: sql`greatest(coalesce(last_at, at), ${lastAt})` }))
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

/** What is known of all opens and clicks together; the first counted open is fixed once and for all (semantics.md 9.3). */
export type FetchCounts = Pick<
  EmailHead,
  'first_opened_at' | 'open_count' | 'click_count' | 'fetch_count' | 'machine_count' | 'was_opened' | 'clicked_links'
>;

export function countsOf(email: EmailHead): FetchCounts {
  const { first_opened_at, open_count, click_count, fetch_count, machine_count, was_opened, clicked_links } = email;
  return { first_opened_at, open_count, click_count, fetch_count, machine_count, was_opened, clicked_links };
}

/** Needs the e-mail's lock. */
export async function writeCounts(tx: Tx, emailId: number, counts: FetchCounts): Promise<void> {
  await tx
    .updateTable('emails')
    .set(counts)
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', emailId)
    .execute();
}

/** Clicks whose time of waiting is over, of all workspaces: for the system role. */
export async function listHeldClicks(tx: Tx, { now, limit }: { now: Date; limit: number }): Promise<HeldClick[]> {
  const rows = await tx
    .selectFrom('email_events')
    .select(['workspace_id as workspaceId', 'id', 'email_id as emailId'])
    .where('held_until', '<=', now)
    .orderBy('held_until')
    .limit(limit)
    .execute();
  return rows;
}

export interface HeldClick {
  readonly workspaceId: number;
  readonly id: number;
  readonly emailId: number;
}

/** Says who it was, once: false when somebody has said it already. Needs the e-mail's lock. */
export async function settleEvent(
  tx: Tx,
  { id, machine, evidence }: { id: number; machine: boolean; evidence: readonly Evidence[] },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('email_events')
    .set({ machine, counted: !machine, evidence: sql`${JSON.stringify(evidence)}::jsonb`, held_until: null })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .where('held_until', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
