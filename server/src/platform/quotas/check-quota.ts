import type { QuotaName } from '@signalbox/contract/quotas.ts';
import type { Kysely } from 'kysely';
import { afterCommit, getCommit, workspaceOf } from '../after-commit.ts';
import { type Amounts, usualAmounts } from '../config/quota-amounts.ts';
import type { Tx } from '../db.ts';
import { UserError } from '../errors.ts';
import type { DB } from '../schema.ts';
import { type Asked, type CountedQuota, countUsed, listOwnAmounts, lockQuota, saveOwnAmount } from './quotas.store.ts';

interface Want extends Asked {
  readonly amount: number;
}

/** Throws UserError `quota` when so much more is too much; what is being made meanwhile in other transactions is counted too. */
export async function checkQuota(tx: Tx, want: Want): Promise<void> {
  if ((await roomFor(tx, want)) < want.amount) throw quotaReached(want.name, (await amountsOf(tx))[want.name]);
}

/** How much of the wanted amount there is room for. */
export async function roomFor(tx: Tx, want: Want): Promise<number> {
  const key = `${workspaceOf(tx)} ${want.name} ${want.employeeId ?? 0}`;
  const known = estimatesOf(tx).get(key);
  if (known === undefined || performance.now() > known.until) return count(tx, key, want);
  await askOperator(tx, known, want.name);
  if (known.used + want.amount > known.free) return count(tx, key, want);
  afterCommit(tx, () => {
    known.used += want.amount;
  });
  return want.amount;
}

/** What the operator lets every workspace of this database have, from now on. */
export function setUsualAmounts(app: Kysely<DB>, amounts: Partial<Amounts>): void {
  usual.set(app, { ...usualAmounts, ...amounts });
}

/** For this workspace alone; null: as for every workspace. Other processes know within a minute. */
export async function setOwnAmount(tx: Tx, name: QuotaName, amount: number | null): Promise<void> {
  await saveOwnAmount(tx, name, amount);
  const all = estimatesOf(tx);
  afterCommit(tx, () => all.clear());
}

/** What the workspace may have of each. */
export async function amountsOf(tx: Tx): Promise<Amounts> {
  return { ...usualOf(getCommit(tx).database), ...(await listOwnAmounts(tx)) };
}

export function usualOf(database: Kysely<DB>): Amounts {
  return usual.get(database) ?? usualAmounts;
}

export function quotaReached(name: QuotaName, limit: number, retryAfterSeconds?: number): UserError {
  const message = `The quota of ${name} is used up: ${limit}. ${endsWithTime.has(name) ? 'Wait, or ask' : 'Delete what is not needed, or ask'} whoever runs this server for more`;
  return new UserError({
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...{ status: endsWithTime.has(name) ? 429 : 409, code: 'quota', title: 'Quota used up', detail: message },
    errors: [{ path: '', code: `quota-${name}`, message, params: { limit } }],
  });
}

const endsWithTime: ReadonlySet<QuotaName> = new Set<QuotaName>([
  ...(['import-rows', 'emails', 'emails-of-person', 'waiting-signals', 'calls-of-key'] as const),
]);

/** What was counted: up to `free` nobody is asked to wait and nothing is counted again, until it is too old. */
interface Estimate {
  used: number;
  free: number;
  readonly until: number;
  /** When what the operator has set is to be looked up again. */
  askAt: number;
}

const usual = new WeakMap<Kysely<DB>, Amounts>();
const estimates = new WeakMap<Kysely<DB>, Map<string, Estimate>>();

/** More than all processes together make of it in so many seconds. Within this of its end a quota is counted each time, one after the other. */
const leaps: Readonly<Record<CountedQuota, number>> = {
  ...{
    items: 20_000,
    tasks: 20_000,
    files: 5_000,
    'file-bytes': 5e9,
    'files-of-person': 5_000,
    'file-bytes-of-person': 5e9,
  },
  ...{ 'import-rows': 1_000_000, emails: 20_000, 'emails-of-person': 1_000, 'waiting-signals': 50_000 },
};
const LEAP_MS = 5_000;
const OLD_AFTER_MS = 600_000;
const ASK_EVERY_MS = 60_000;
const MAX_ESTIMATES = 20_000;

async function count(tx: Tx, key: string, want: Want): Promise<number> {
  const limit = (await amountsOf(tx))[want.name];
  const leap = leaps[want.name];
  const used = await countUsed(tx, want);
  if (used + want.amount + leap > limit) {
    await lockQuota(tx, want);
    return Math.max(0, Math.min(want.amount, limit - (await countUsed(tx, want))));
  }
  const all = estimatesOf(tx);
  if (all.size >= MAX_ESTIMATES) all.clear();
  const validMs = Math.min(OLD_AFTER_MS, ((limit - used) / leap - 1) * LEAP_MS);
  const now = performance.now();
  all.set(key, { used: used + want.amount, free: limit - leap, until: now + validMs, askAt: now + ASK_EVERY_MS });
  return want.amount;
}

async function askOperator(tx: Tx, known: Estimate, name: CountedQuota): Promise<void> {
  const now = performance.now();
  if (now < known.askAt) return;
  known.askAt = now + ASK_EVERY_MS;
  known.free = (await amountsOf(tx))[name] - leaps[name];
}

function estimatesOf(tx: Tx): Map<string, Estimate> {
  const { database } = getCommit(tx);
  const known = estimates.get(database) ?? new Map<string, Estimate>();
  estimates.set(database, known);
  return known;
}
