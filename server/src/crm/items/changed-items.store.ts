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

/**
 * Up to where every transaction has ended that may still change items, and the number that the next one gets. The numbers are those of
 * the whole PostgreSQL server: what is under way in another of its databases, however long, changes nothing here and holds nobody up.
 */
async function loadEnds(tx: Tx): Promise<Ends> {
  const { rows } = await sql<Ends>`
    with taken as materialized (select pg_current_snapshot() as snapshot),
    elsewhere as (
      select l.transactionid from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
        and a.datid <> (select oid from pg_database where datname = current_database()))
    select pg_snapshot_xmax(snapshot)::text::bigint as next,
      least(pg_snapshot_xmax(snapshot)::text::bigint, (
        select min(under_way::text::bigint) from pg_snapshot_xip(snapshot) as under_way
        where under_way::xid not in (select transactionid from elsewhere))) as settled
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
  const stretch = from > settled ? { from: 0, to: settled, after: null } : { from, to: to ?? settled, after };
  return { stretch, where: changedIn(stretch, next) };
}

const EPOCH = 2 ** 32;

// A row knows the lower half of the number; what is greater than the latest one is of the epoch before.
function changedIn({ from, to }: Stretch, next: number): RawBuilder<unknown> {
  const [epoch, low] = [Math.floor(next / EPOCH) * EPOCH, next % EPOCH];
  const xid = sql`(${epoch}::bigint + i.xmin::text::bigint - case when i.xmin::text::bigint > ${low}::bigint then ${EPOCH}::bigint else 0 end)`;
  return sql`(${xid} >= ${from}::bigint and ${xid} < ${to}::bigint)`;
}
