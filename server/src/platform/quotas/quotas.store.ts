import type { QuotaName } from '@signalbox/contract/quotas.ts';
import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../after-commit.ts';
import type { Tx } from '../db.ts';

/** Of a workspace; `calls-of-key` are counted in the memory of a process. */
export type CountedQuota = Exclude<QuotaName, 'calls-of-key'>;

interface Counted {
  /** How many, or how many bytes, per person or 0 for everybody together. */
  readonly from: RawBuilder<unknown>;
  readonly sum: RawBuilder<unknown>;
  readonly person?: RawBuilder<unknown>;
}

const [many, bytes] = [sql`count(*)`, sql`coalesce(sum(size), 0)`];
const lastDay = (now: Date) => new Date(now.getTime() - 24 * 3_600_000);

/** The rows themselves are what is counted: there is no tally that could go wrong. */
const counted: Readonly<Record<CountedQuota, (now: Date) => Counted>> = {
  items: () => ({ from: sql`items where true`, sum: many }),
  tasks: () => ({ from: sql`tasks where true`, sum: many }),
  files: () => ({ from: sql`files where true`, sum: many }),
  'file-bytes': () => ({ from: sql`files where true`, sum: bytes }),
  'files-of-person': () => ({ from: sql`files where true`, sum: many, person: sql`author_id` }),
  'file-bytes-of-person': () => ({ from: sql`files where true`, sum: bytes, person: sql`author_id` }),
  'import-rows': (now) => ({
    from: sql`imports where created_at > ${lastDay(now)}`,
    sum: sql`coalesce(sum(row_count), 0)`,
  }),
  emails: (now) => ({ from: sql`emails where direction = 'out' and at > ${lastDay(now)}`, sum: many }),
  'emails-of-person': (now) => ({
    from: sql`emails where direction = 'out' and at > ${lastDay(now)} and run_id is null`,
    sum: many,
    person: sql`author_id`,
  }),
  'waiting-signals': () => ({ from: sql`signal_queue where parked_at is null`, sum: many }),
};

export interface Asked {
  readonly name: CountedQuota;
  /** Whose, where each person has their own. */
  readonly employeeId?: number | undefined;
  readonly now: Date;
}

export async function countUsed(tx: Tx, { name, employeeId, now }: Asked): Promise<number> {
  const { from, sum, person } = counted[name](now);
  const own = person === undefined ? sql`` : sql` and ${person} = ${employeeId ?? 0}`;
  const { rows } = await sql<{ used: number }>`
    select (${sum})::float8 as used from ${from} and workspace_id = ${workspaceOf(tx)}${own}`.execute(tx);
  return rows[0]?.used ?? 0;
}

/** Of a quota that each person has: who uses the most. */
export async function findMost(
  tx: Tx,
  { name, now }: Omit<Asked, 'employeeId'>,
): Promise<{ employeeId: number | null; used: number }> {
  const { from, sum, person } = counted[name](now);
  if (person === undefined) return { employeeId: null, used: await countUsed(tx, { name, now }) };
  const { rows } = await sql<{ employeeId: number; used: number }>`
    select ${person} as "employeeId", (${sum})::float8 as used from ${from} and workspace_id = ${workspaceOf(tx)} and ${person} is not null
    group by 1 order by 2 desc, 1 limit 1`.execute(tx);
  return rows[0] ?? { employeeId: null, used: 0 };
}

/** What the operator has set for the workspace alone. */
export async function listOwnAmounts(tx: Tx): Promise<Partial<Record<string, number>>> {
  const rows = await tx
    .selectFrom('workspace_quotas')
    .select(['name', 'amount'])
    .where('workspace_id', '=', workspaceOf(tx))
    .execute();
  return Object.fromEntries(rows.map(({ name, amount }) => [name, amount]));
}

/** Null: as for every workspace. */
export async function saveOwnAmount(tx: Tx, name: QuotaName, amount: number | null): Promise<void> {
  const workspace_id = workspaceOf(tx);
  await tx.deleteFrom('workspace_quotas').where('workspace_id', '=', workspace_id).where('name', '=', name).execute();
  if (amount !== null) await tx.insertInto('workspace_quotas').values({ workspace_id, name, amount }).execute();
}

/** Whoever asks for the same waits until this transaction has ended: two who come at once do not both take the last place. */
export async function lockQuota(tx: Tx, { name, employeeId }: Asked): Promise<void> {
  const key = `quota ${workspaceOf(tx)} ${name} ${employeeId ?? 0}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}
