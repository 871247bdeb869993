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

/** Up to where every transaction has ended, and the number that the next one gets. */
async function loadEnds(tx: Tx): Promise<Ends> {
  const { rows } = await sql<Ends>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as settled, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next`.execute(
    tx,
  );
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
