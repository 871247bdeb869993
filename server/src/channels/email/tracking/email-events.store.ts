import { sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Evidence } from '../letters/evidence.ts';
import type { Fetch } from './judge-fetch.ts';

export interface EmailEvent extends Pick<Fetch, 'kind' | 'url' | 'at' | 'userAgent' | 'ip'> {
  readonly id: number;
  readonly emailId: number;
  readonly machine: boolean;
  /** By the client: no machine, no employee of ours. */
  readonly counted: boolean;
  readonly evidence: readonly Evidence[];
}

interface NewEvent extends Omit<EmailEvent, 'id'> {
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

/** In the order in which they came. */
export async function listEvents(tx: Tx, emailIds: readonly number[]): Promise<EmailEvent[]> {
  if (emailIds.length === 0) return [];
  const rows = await tx
    .selectFrom('email_events')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('email_id', 'in', [...emailIds])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...{
      id: row.id,
      emailId: row.email_id,
      kind: row.kind,
      url: row.url,
      at: row.at,
      userAgent: row.user_agent,
      ip: row.ip,
    },
    ...{ machine: row.machine, counted: row.counted, evidence: storedEvidence(row.evidence) },
  }));
}

const evidence = z.array(z.object({ what: z.string(), weight: z.number(), detail: z.string() })).catch([]);

export function storedEvidence(json: unknown): Evidence[] {
  return evidence.parse(json);
}

/** Counts a fetch; the first counted open is fixed once and for all (semantics.md 9.3). Needs the e-mail's lock. */
export async function countFetch(
  tx: Tx,
  fetched: { emailId: number; kind: 'open' | 'click'; at: Date; firstOpen: boolean },
): Promise<void> {
  await tx
    .updateTable('emails')
    .set((of) => ({
      ...(fetched.kind === 'open'
        ? { open_count: of('open_count', '+', 1) }
        : { click_count: of('click_count', '+', 1) }),
      ...(fetched.firstOpen ? { first_opened_at: fetched.at } : {}),
    }))
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', fetched.emailId)
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
