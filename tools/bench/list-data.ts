import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../outside/client.ts';
import type { BenchServer } from './instruments/bench-server.ts';

const NAME = 'A million';

const fields = [
  { code: 'city', name: 'City', kind: 'text' },
  {
    code: 'segment',
    name: 'Segment',
    kind: 'choice',
    options: [...'1234'].map((value) => ({ value, name: `Segment ${value}` })),
  },
  { code: 'contract', name: 'Contract', kind: 'text' },
];

/** A pipeline of ten stages with a million deals, twenty people, 200,000 contacts; ten deals are of segment 4. */
export async function makeMillion({ place, client }: BenchServer, items: number): Promise<void> {
  const stages = Array.from({ length: 10 }, (_, at) => ({
    code: `S${at}`,
    name: `Stage ${at}`,
    kind: at === 8 ? 'won' : at === 9 ? 'lost' : 'open',
  }));
  await call(place, 'PUT', `/automation/deal/${encodeURIComponent(NAME)}`, { type: 'deal', pipeline: NAME, stages });
  for (const field of fields) await call(place, 'POST', '/fields', { type: 'deal', ...field });
  const { rows } = await client.query<{ workspace: string; pipeline: string }>(
    'select workspace_id as workspace, id as pipeline from pipelines where name = $1',
    [NAME],
  );
  const { workspace, pipeline } = rows[0] ?? {};
  await client.query('select setseed(0.5)');
  for (const text of [people, contacts, addresses]) await client.query(text, [workspace]);
  await client.query(deals, [workspace, pipeline, items]);
  await client.query('vacuum analyze');
  await untilFolded(client);
}

const FOLDED_WITHIN_MS = 600_000;

/** The server puts new titles into their zones a few seconds later (adr/0012). */
async function untilFolded(client: BenchServer['client']): Promise<void> {
  for (const deadline = Date.now() + FOLDED_WITHIN_MS; Date.now() < deadline; await sleep(1_000)) {
    const { rows } = await client.query('select from new_titles offset 2000 limit 1');
    if (rows.length === 0) return;
  }
  throw new Error(`the titles were not put into zones within ${FOLDED_WITHIN_MS / 1000} seconds`);
}

const people = `insert into employees (workspace_id, email, name, role)
  select $1, 'person' || n || '@bench.test', 'Person ' || n, 'employee' from generate_series(1, 20) n`;
const contacts = `insert into contacts (workspace_id, name) select $1, 'Client ' || n from generate_series(1, 200000) n`;
const addresses = `insert into client_addresses (workspace_id, client_kind, client_id, kind, value, normal)
  select workspace_id, 'contact', id, 'email', 'client' || id || '@mail.test', 'client' || id || '@mail.test' from contacts where workspace_id = $1`;
const deals = `
  insert into items (workspace_id, type, pipeline_id, stage_id, title, amount, currency, responsible_id, creator_id, contact_id, fields, created_at, updated_at, moved_at)
  select $1, 'deal', $2, s.id, x.what || ' for a house ' || n, x.amount, case when n % 10 = 0 then 'USD' else 'EUR' end,
    e.first + floor(random() * 20)::int, e.first, case when n % 3 > 0 then c.first + floor(random() * 200000)::int end,
    jsonb_build_object('city', 'City ' || floor(random() * 2000)::int, 'segment', case when n % 100000 = 7 then '4' else 1 + floor(random() * 3)::int || '' end,
      'contract', 'C-' || n),
    x.at, x.at + random() * interval '10 days', x.at + random() * interval '5 days'
  from (select n, (array['Kitchen', 'Roof', 'Garden', 'Stairs', 'Windows', 'Heating'])[1 + n % 6] as what, floor(10 * random() ^ 2)::int as place,
      case when n % 20 > 0 then round((exp(random() * 8) * 10)::numeric, 2) end as amount, timestamptz '2024-01-01' + n * interval '60 seconds' as at
    from generate_series(1, $3::int) n) x
  join stages s on s.workspace_id = $1 and s.pipeline_id = $2 and s.position = x.place
  cross join (select max(id) - 19 as first from employees where workspace_id = $1) e
  cross join (select min(id) as first from contacts where workspace_id = $1 and name = 'Client 1') c`;
