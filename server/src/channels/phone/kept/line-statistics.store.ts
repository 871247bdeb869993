import { sql } from 'kysely';
import { getWorkspace } from '../../../people/workspaces.store.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

interface Hour {
  /** Of the day in the workspace's time zone. */
  readonly hour: number;
  readonly answered: number;
  readonly missed: number;
  readonly outgoing: number;
  /** Of incoming calls, on average. */
  readonly waitingSeconds: number;
}

/** Calls since then by the hour at which they began; hours without any are left out. */
export async function countByHour(tx: Tx, { line, since }: { line: number | undefined; since: Date }): Promise<Hour[]> {
  const { timeZone } = await getWorkspace(tx, workspaceOf(tx));
  const { rows } = await sql<Hour>`
    select extract(hour from started_at at time zone ${timeZone})::int as hour,
      count(*) filter (where direction = 'incoming' and answered_at is not null)::int as answered,
      count(*) filter (where state = 'missed')::int as missed,
      count(*) filter (where direction = 'outgoing')::int as outgoing,
      coalesce(avg(waiting_seconds) filter (where direction = 'incoming'), 0)::float8 as "waitingSeconds"
    from calls
    where workspace_id = ${workspaceOf(tx)} and started_at >= ${since} and (${line ?? null}::bigint is null or line_id = ${line ?? null}::bigint)
    group by 1 order by 1`.execute(tx);
  return rows;
}
