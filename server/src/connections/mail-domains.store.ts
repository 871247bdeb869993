import { sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { SANDBOX_DOMAIN, withParents } from './domain-names.ts';

/**
 * Whose a domain is, as one workspace sees it: `claimed` by it; `first`, claimed by nobody and its own because it is the first
 * workspace; `sandbox`, everybody's; `unclaimed`; `foreign`, another's.
 */
export type DomainState = 'claimed' | 'first' | 'sandbox' | 'unclaimed' | 'foreign';

const domainState = z.enum(['claimed', 'first', 'unclaimed', 'foreign']);

export async function getDomainState(tx: Tx, domain: string): Promise<DomainState> {
  if (domain === SANDBOX_DOMAIN) return 'sandbox';
  const { rows } = await sql<{ state: string }>`
    select signalbox_domain_state(${withParents(domain)}::text[]) as state`.execute(tx);
  return domainState.parse(rows[0]?.state);
}

/** Which workspaces the domains belong to, those that nobody claimed to the first. Needs the system role. */
export async function listHolders(tx: Tx, domains: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const names = [...new Set(domains.flatMap(withParents))];
  const claims = await tx
    .selectFrom('mail_domains')
    .select(['domain', 'workspace_id as workspaceId'])
    .where('domain', 'in', names.length > 0 ? names : [''])
    .execute();
  const { rows } = await sql<{ id: number | null }>`select min(id) as id from workspaces`.execute(tx);
  const held = new Map(claims.map((claim) => [claim.domain, claim.workspaceId]));
  return new Map(
    domains.flatMap((domain) => {
      const nearest = withParents(domain).find((name) => held.has(name));
      const holder = nearest === undefined ? rows[0]?.id : held.get(nearest);
      return holder === undefined || holder === null ? [] : [[domain, holder] as const];
    }),
  );
}

export interface ClaimedDomain {
  readonly domain: string;
  readonly by: 'dns' | 'operator' | 'upgrade';
  readonly at: Date;
}

export function listClaimed(tx: Tx): Promise<ClaimedDomain[]> {
  return tx
    .selectFrom('mail_domains')
    .select(['domain', 'claimed_by as by', 'claimed_at as at'])
    .where('workspace_id', '=', workspaceOf(tx))
    .orderBy('domain')
    .execute();
}

/** Of all workspaces. Needs the system role. */
export function listEveryClaim(tx: Tx): Promise<(ClaimedDomain & { workspaceId: number; workspace: string })[]> {
  return tx
    .selectFrom('mail_domains as m')
    .innerJoin('workspaces as w', 'w.id', 'm.workspace_id')
    .select(['m.domain', 'm.claimed_by as by', 'm.claimed_at as at', 'w.id as workspaceId', 'w.name as workspace'])
    .orderBy('m.domain')
    .execute();
}

/** Whether it is this workspace's now, or was already; false: another was first. Two at once wait for each other, and one of them gets it. */
export async function claimDomain(
  tx: Tx,
  { domain, by, at }: ClaimedDomain,
  workspaceId = workspaceOf(tx),
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('mail_domains')
    .values({ workspace_id: workspaceId, domain, claimed_by: by, claimed_at: at })
    .onConflict((conflict) => conflict.column('domain').doNothing())
    .executeTakeFirst();
  if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return true;
  const held = await tx
    .selectFrom('mail_domains')
    .select('domain')
    .where('workspace_id', '=', workspaceId)
    .where('domain', '=', domain)
    .executeTakeFirst();
  return held !== undefined;
}

/** Whether it was claimed, or asked for. */
export async function releaseDomain(tx: Tx, domain: string): Promise<boolean> {
  const gone = await Promise.all(
    (['mail_domains', 'domain_proofs'] as const).map((table) =>
      tx.deleteFrom(table).where('workspace_id', '=', workspaceOf(tx)).where('domain', '=', domain).executeTakeFirst(),
    ),
  );
  return gone.some(({ numDeletedRows }) => numDeletedRows > 0n);
}

/** Whose it was; undefined when nobody had claimed it. Needs the system role. */
export async function releaseEverywhere(tx: Tx, domain: string): Promise<number | undefined> {
  const row = await tx
    .deleteFrom('mail_domains')
    .where('domain', '=', domain)
    .returning('workspace_id as workspaceId')
    .executeTakeFirst();
  return row?.workspaceId;
}

export interface DomainProof {
  readonly domain: string;
  readonly token: string;
  readonly checkedAt: Date | null;
  readonly problem: string | null;
}

/** What stands in the DNS of a domain that this workspace may claim; asked again, the same. */
export async function askForProof(tx: Tx, { domain, token }: { domain: string; token: string }): Promise<void> {
  await tx
    .insertInto('domain_proofs')
    .values({ workspace_id: workspaceOf(tx), domain, token })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'domain']).doNothing())
    .execute();
}

export function listProofs(tx: Tx): Promise<DomainProof[]> {
  return tx
    .selectFrom('domain_proofs')
    .select(['domain', 'token', 'checked_at as checkedAt', 'problem'])
    .where('workspace_id', '=', workspaceOf(tx))
    .orderBy('domain')
    .execute();
}

export async function setChecked(
  tx: Tx,
  { domain, problem, at }: { domain: string; problem: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('domain_proofs')
    .set({ checked_at: at, problem })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('domain', '=', domain)
    .execute();
}
