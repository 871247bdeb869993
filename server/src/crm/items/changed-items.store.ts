import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../../platform/db.ts';

/**
 * A stretch of the database's transactions, all of which have ended: `from` counts, `to` does not. Moments would not do: they are taken
 * before the commit, so that a change can come to light behind one that is later by the clock.
 */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The page begins behind this item; null: at the newest one. */
  readonly after: number | null;
}

/** `from`, `to`, and behind which item, as a cursor carries them; `to` null: the stretch that has ended by now. */
export const changesCursor = z.tuple([z.int().min(0), z.int().min(0).nullable(), z.int().positive().nullable()]);

interface Ends {
  readonly settled: number;
  readonly next: number;
}

/** How often is asked again while a transaction has ended between the two looks, so that nobody can say where it was. */
const LOOKS = 10;

/**
 * Up to where every transaction has ended that may still change items, and the number that the next one gets. The numbers are those of
 * the whole PostgreSQL server: what is under way in another of its databases, however long, changes nothing here and holds nobody up.
 * One that ended while it was looked for may have been of this database, so it holds the answer back: a later look no longer meets it.
 */
async function loadEnds(tx: Tx): Promise<Ends> {
  for (let look = 1; ; look += 1) {
    const { vague, ...ends } = await lookAtEnds(tx);
    if (!vague || look === LOOKS) return ends;
  }
}

async function lookAtEnds(tx: Tx): Promise<Ends & { readonly vague: boolean }> {
  const { rows } = await sql<Ends & { readonly vague: boolean }>`
    with taken as materialized (select pg_current_snapshot() as snapshot),
    holders as materialized (
      select l.transactionid, a.datid <> (select oid from pg_database where datname = current_database()) as elsewhere
      from pg_locks l left join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted),
    under_way as (
      select id::text::bigint as id, h.elsewhere is null as vague
      from taken, pg_snapshot_xip(snapshot) as id left join holders h on h.transactionid = id::xid
      where h.elsewhere is not true)
    select pg_snapshot_xmax(snapshot)::text::bigint as next,
      least(pg_snapshot_xmax(snapshot)::text::bigint, (select min(id) from under_way)) as settled,
      exists (select from under_way where vague) as vague
    from taken`.execute(tx);
  const [ends] = rows;
  if (ends === undefined) throw new Error('the database tells no snapshot');
  return ends;
}

/** The stretch that a cursor means, and the rows of `items i` that were last changed in it. */
export async function loadStretch(
  tx: Tx,
  cursor: z.output<typeof changesCursor> | undefined,
): Promise<{ readonly stretch: Stretch; readonly where: RawBuilder<unknown> }> {
  const { settled, next } = await loadEnds(tx);
  const [from, to, after] = cursor ?? [0, null, null];
  // Brought back from a backup into another database, whose numbers begin anew: everything is told again, nothing is lost.
  const stretch =
    from > next ? { from: 0, to: settled, after: null } : { from, to: to ?? Math.max(from, settled), after };
  return { stretch, where: changedIn(stretch, next) };
}

const EPOCH = 2 ** 32;

// A row knows the lower half of the number; what is greater than the latest one is of the epoch before.
function changedIn({ from, to }: Stretch, next: number): RawBuilder<unknown> {
  const [epoch, low] = [Math.floor(next / EPOCH) * EPOCH, next % EPOCH];
  const xid = sql`(${epoch}::bigint + i.xmin::text::bigint - case when i.xmin::text::bigint > ${low}::bigint then ${EPOCH}::bigint else 0 end)`;
  return sql`(${xid} >= ${from}::bigint and ${xid} < ${to}::bigint)`;
}
