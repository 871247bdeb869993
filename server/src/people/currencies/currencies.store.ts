import { z } from 'zod';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

export interface Rates {
  readonly base: string;
  /** Exact decimals by currency. */
  readonly rates: Readonly<Record<string, string>>;
}

export interface RatesSince extends Rates {
  readonly since: Date;
  readonly setBy: number | null;
}

const stored = z.record(z.string(), z.coerce.string());

export async function readRates(tx: Tx): Promise<Rates> {
  const row = await tx
    .selectFrom('workspaces')
    .select(['currency', 'rates'])
    .where('id', '=', workspaceOf(tx))
    .executeTakeFirstOrThrow();
  return { base: row.currency, rates: stored.parse(row.rates) };
}

/** What was set, the newest first. */
export async function listRates(tx: Tx, limit: number): Promise<RatesSince[]> {
  const rows = await tx
    .selectFrom('currency_rates')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ base, rates, since, set_by: setBy }) => ({ base, rates: stored.parse(rates), since, setBy }));
}

/** From now on these hold; the earlier ones stay in the history. */
export async function saveRates(tx: Tx, { base, rates, since, setBy }: RatesSince): Promise<void> {
  const workspaceId = workspaceOf(tx);
  const json = JSON.stringify(rates);
  await tx.updateTable('workspaces').set({ currency: base, rates: json }).where('id', '=', workspaceId).execute();
  await tx
    .insertInto('currency_rates')
    .values({ workspace_id: workspaceId, base, rates: json, since, set_by: setBy })
    .execute();
}
