import { placeBoard } from './data/boards.ts';
import { makeWorkspace } from './data/dataset.ts';
import type { BenchServer } from './instruments/bench-server.ts';
import { measureLatency } from './instruments/latency.ts';
import type { Spread } from './instruments/measure.ts';
import { makeDeals } from './whole-job.ts';

export interface Fairness {
  readonly alone: Spread;
  /** While another workspace's backlog was being worked off. */
  readonly beside: Spread;
  readonly backlog: number;
  /** What was left of it when the last move was seen; 0: the backlog was too small to say anything. */
  readonly left: number;
}

/** (j): what (d) measures, in a workspace that shares the server with another's backlog of one signal an item, all of which move. */
export async function measureFairness(
  { place, client }: BenchServer,
  { backlog, say }: { readonly backlog: number; readonly say: (text: string) => void },
): Promise<Fairness> {
  const database = { sql: (text: string, values: readonly unknown[] = []) => client.query(text, [...values]) };
  const other = await makeWorkspace(database, backlog);
  await placeBoard(database, other, 3);
  say('(j) how long until others see it, alone');
  const alone = await measureLatency(place, await makeDeals(place, client, 500));
  const deals = await makeDeals(place, client, 500);
  say(`(j) the same beside a backlog of ${backlog}`);
  await client.query(
    `with recorded as (
       insert into signals (workspace_id, kind, occurred_at, source_key, payload, item_ids)
       select $1, 'webhook.called', now(), 'backlog ' || n, '{"code":"go"}', array[$2::bigint + n] from generate_series(0, $3::int - 1) n returning id)
     insert into signal_queue (workspace_id, signal_id) select $1, id from recorded`,
    [other.workspaceId, other.firstItem, backlog],
  );
  const beside = await measureLatency(place, deals);
  const { rows } = await client.query<{ left: number }>(
    'select count(*)::int as left from signal_queue where workspace_id = $1',
    [other.workspaceId],
  );
  return { alone, beside, backlog, left: rows[0]?.left ?? 0 };
}
