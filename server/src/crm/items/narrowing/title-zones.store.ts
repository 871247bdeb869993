import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

/** From a title up to, but without, another; null: to the end. */
export interface Stretch {
  readonly from: string;
  readonly to: string | null;
}

export interface TitleZones {
  /** In ascending order; no other titles can contain the text, but those of `fresh`. */
  readonly stretches: readonly Stretch[];
  /** Items whose titles are in no zone yet. */
  readonly fresh: readonly number[];
}

/** So many fresh items are judged one by one; with more of them the zones are of no use. */
const MOST_FRESH = 2_000;

/** Where titles that contain the text can stand, by one look at the database; undefined while too many titles are new. */
export async function findTitleZones(tx: Tx, text: string): Promise<TitleZones | undefined> {
  const here = workspaceOf(tx);
  const { rows } = await sql<{ zones: { from: string; to: string | null }[]; fresh: number[] }>`
    select (select coalesce(json_agg(n.item_id), '[]') from (select item_id from new_titles where workspace_id = ${here} limit ${MOST_FRESH + 1}) n) as fresh,
      coalesce((select json_agg(json_build_object('from', z.starts, 'to', z.ends) order by z.starts) from (
        select starts, pieces, lead(starts) over (order by starts) as ends from title_zones where workspace_id = ${here}
      ) z cross join (select signalbox_pieces(signalbox_normal(${text}::text)) as pieces) w where z.pieces & w.pieces = w.pieces), '[]') as zones`.execute(
    tx,
  );
  const { zones = [], fresh = [] } = rows[0] ?? {};
  return fresh.length > MOST_FRESH ? undefined : { fresh, stretches: joined(zones) };
}

/** Neighbours in one. */
function joined(zones: readonly Stretch[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { from, to } of zones) {
    const last = stretches.at(-1);
    if (last !== undefined && last.to === from) stretches[stretches.length - 1] = { from: last.from, to };
    else stretches.push({ from, to });
  }
  return stretches;
}

/** Workspaces where so many titles wait to be put into zones. */
export async function listTitlesWaiting(system: Tx, atLeast: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select w.id from workspaces w where exists (select from new_titles n where n.workspace_id = w.id offset ${atLeast - 1} limit 1)`.execute(
    system,
  );
  return rows.map(({ id }) => id);
}

export interface ZoneSizes {
  /** How many titles a zone has when it is made. */
  readonly made: number;
  /** How many may come before it is made anew, as several. */
  readonly added: number;
  /** How many titles are put into their zones at once; more of them, and all zones are made anew. */
  readonly batch: number;
}

export const zoneSizes: ZoneSizes = { made: 1_000, added: 3_000, batch: 20_000 };

/** Puts waiting titles into their zones; does nothing while another process does. Answers how many it took. */
export async function foldTitles(tx: Tx, sizes: ZoneSizes): Promise<number> {
  const here = workspaceOf(tx);
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('title zones', ${here})) as free`.execute(tx);
  if (rows[0]?.free !== true) return 0;
  await sql`insert into title_zones (workspace_id, starts, pieces) values (${here}, '', 0::bit(1021)) on conflict do nothing`.execute(
    tx,
  );
  const waiting = await sql`select from new_titles where workspace_id = ${here} limit ${sizes.batch + 1}`.execute(tx);
  return waiting.rows.length > sizes.batch ? makeAnew(tx, sizes) : foldBatch(tx, sizes);
}

async function foldBatch(tx: Tx, { made, added }: ZoneSizes): Promise<number> {
  const here = workspaceOf(tx);
  // One statement, so that what is taken off the list is seen as it was when it was put on it, or later.
  const { rows } = await sql<{ starts: string; added: number }>`
    with taken as (delete from new_titles where workspace_id = ${here} returning item_id),
    titles as (
      select (select z.starts from title_zones z where z.workspace_id = ${here} and z.starts <= k.title order by z.starts desc limit 1) as starts,
        signalbox_pieces(signalbox_normal(i.title)) as pieces
      from (select distinct item_id from taken) t
      join item_keys k on k.workspace_id = ${here} and k.item_id = t.item_id
      join items i on i.workspace_id = ${here} and i.id = t.item_id
    ),
    came as (select starts, bit_or(pieces) as pieces, count(*)::int as added from titles group by starts)
    update title_zones z set pieces = z.pieces | came.pieces, added = z.added + came.added
    from came where z.workspace_id = ${here} and z.starts = came.starts
    returning z.starts, z.added`.execute(tx);
  for (const zone of rows) if (zone.added > added) await divide(tx, zone.starts, made);
  return rows.reduce((count, zone) => count + zone.added, 0);
}

async function makeAnew(tx: Tx, { made }: ZoneSizes): Promise<number> {
  const here = workspaceOf(tx);
  // First: what is written from now on stays on the list, whatever is read below.
  const taken = await sql<{ count: number }>`
    with taken as (delete from new_titles where workspace_id = ${here} returning 1) select count(*)::int as count from taken`.execute(
    tx,
  );
  await sql`delete from title_zones where workspace_id = ${here} and starts <> ''`.execute(tx);
  await divide(tx, '', made);
  return taken.rows[0]?.count ?? 0;
}

/** Reads all titles of a zone again and makes several of it. Equal titles stay together, however many they are. */
async function divide(tx: Tx, starts: string, made: number): Promise<void> {
  const here = workspaceOf(tx);
  const { rows } = await sql<{ ends: string | null }>`
    select min(starts) as ends from title_zones where workspace_id = ${here} and starts > ${starts}`.execute(tx);
  const ends = rows[0]?.ends ?? null;
  await sql`
    with titles as (
      select k.title, signalbox_pieces(signalbox_normal(i.title)) as pieces, (rank() over (order by k.title) - 1) / ${made}::int as part
      from item_keys k join items i on i.workspace_id = k.workspace_id and i.id = k.item_id
      where k.workspace_id = ${here} and k.title >= ${starts}${ends === null ? sql`` : sql` and k.title < ${ends}`}
    )
    insert into title_zones (workspace_id, starts, pieces)
    select ${here}, case when part = 0 then ${starts} else min(title) end, bit_or(pieces) from titles group by part
    on conflict (workspace_id, starts) do update set pieces = excluded.pieces, added = 0`.execute(tx);
}
