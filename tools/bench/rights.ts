import { z } from 'zod';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';
import type { BenchServer } from './instruments/bench-server.ts';
import { percentile } from './instruments/measure.ts';

export interface RoleFigures {
  readonly who: string;
  readonly cards: number;
  /** A board over HTTP, the median of the turns. */
  readonly clockMs: number;
  readonly processorMs: number | null;
  /** As a multiple of the administrator's of the same turn, the median of the turns. */
  readonly clock: number;
  readonly processor: number | null;
}

const NAME = 'Ten thousand with people';
const DEALS = 10_000;
const STAGES = 10;
const PEOPLE = 20;
const PIPELINES = 30;
const TURNS = 7;
const BOARDS_A_TURN = 20;

const grants = (reach: string) => ({ read: reach, add: reach, change: reach, delete: 'none', export: 'none' });
const rights = (items: object) => ({
  items,
  clients: grants('all'),
  areas: { automation: false, people: false, mail: false, settings: false },
});

/** (k): the board of 10,000 deals as an administrator and as roles see it, in turns. */
export async function benchRights(server: BenchServer): Promise<RoleFigures[]> {
  const { pipeline, pipelines, first } = await makeScene(server);
  const rows = Object.fromEntries(pipelines.map((id) => [id, grants('all')]));
  const roles = {
    own: { all: grants('own') },
    department: { all: grants('department') },
    [`all, ${pipelines.length} pipelines row by row`]: { all: grants('none'), pipelines: rows },
    'own, but all of this pipeline': { all: grants('own'), pipelines: { [pipeline]: grants('all') } },
  };
  const everybody: Person[] = [{ who: 'administrator', place: server.place }];
  for (const [who, items] of Object.entries(roles)) {
    const number = everybody.length - 1;
    everybody.push({ who, place: await giveRole(server.place, { who, items, person: first + number }) });
  }
  const turns: Turn[][] = everybody.map(() => []);
  await takeTurns(server, { everybody, pipeline, turns });
  return everybody.map((person, index) => figuresOf(person, turns[index] ?? [], turns[0] ?? []));
}

interface Person {
  readonly who: string;
  readonly place: Place;
}
interface Turn {
  readonly cards: number;
  readonly clockMs: number;
  readonly processorMs: number | null;
}
interface Boards {
  readonly everybody: readonly Person[];
  readonly pipeline: number;
  readonly turns: Turn[][];
}

const board = z.object({ columns: z.array(z.object({ items: z.array(z.unknown()) })) });

// The first turn warms up and does not count; each begins with another one, so that nobody always comes first.
async function takeTurns(server: BenchServer, { everybody, pipeline, turns }: Boards): Promise<void> {
  for (let turn = 0; turn <= TURNS; turn += 1)
    for (const offset of everybody.keys()) {
      const index = (turn + offset) % everybody.length;
      const person = everybody[index];
      if (person === undefined) continue;
      const taken = await lookAt(server, person.place, pipeline);
      if (turn > 0) turns[index]?.push(taken);
    }
}

async function lookAt(server: BenchServer, place: Place, pipeline: number): Promise<Turn> {
  const [used, began] = [server.processorSeconds(), performance.now()];
  let cards = 0;
  for (let count = 0; count < BOARDS_A_TURN; count += 1) {
    const { columns } = board.parse(await call(place, 'GET', `/board/${pipeline}`));
    cards = columns.reduce((sum, { items }) => sum + items.length, 0);
  }
  const clockMs = (performance.now() - began) / BOARDS_A_TURN;
  const after = server.processorSeconds();
  return {
    cards,
    clockMs,
    processorMs: used === null || after === null ? null : ((after - used) * 1000) / BOARDS_A_TURN,
  };
}

function figuresOf({ who }: Person, own: readonly Turn[], administrator: readonly Turn[]): RoleFigures {
  const median = (of: (turn: Turn, index: number) => number | null) => {
    const values = own.map(of).filter((value) => value !== null);
    return values.length === 0 ? null : percentile(values, 0.5);
  };
  const times = (mine: number | null, theirs: number | null | undefined) =>
    mine === null || theirs == null ? null : mine / theirs;
  return {
    who,
    cards: own[0]?.cards ?? 0,
    clockMs: median(({ clockMs }) => clockMs) ?? Number.NaN,
    processorMs: median(({ processorMs }) => processorMs),
    clock: median(({ clockMs }, index) => times(clockMs, administrator[index]?.clockMs)) ?? Number.NaN,
    processor: median(({ processorMs }, index) => times(processorMs, administrator[index]?.processorMs)),
  };
}

async function giveRole(
  place: Place,
  { who, items, person }: { readonly who: string; readonly items: object; readonly person: number },
): Promise<Place> {
  await call(place, 'POST', '/roles', { name: who, rights: rights(items) });
  await call(place, 'PATCH', `/users/${person}`, { roles: [who] });
  const made = z.object({ key: z.string() }).parse(await call(place, 'POST', `/users/${person}/keys`, {}));
  return { ...place, apiKey: made.key };
}

// Twenty people in four departments, a deal each in turn; every fiftieth is observed by somebody.
async function makeScene({ place, client }: BenchServer) {
  const stages = Array.from({ length: STAGES }, (_, at) => ({ code: `S${at}`, name: `Stage ${at}` }));
  await call(place, 'PUT', `/automation/deal/${encodeURIComponent(NAME)}`, { type: 'deal', pipeline: NAME, stages });
  for (let number = 1; number < PIPELINES; number += 1)
    await call(place, 'POST', '/pipelines', { type: 'deal', name: `Other ${number}`, stages: stages.slice(0, 1) });
  const { rows } = await client.query<{ id: number; name: string }>(
    "select id::int, name from pipelines where type = 'deal'",
  );
  const pipeline = rows.find(({ name }) => name === NAME)?.id;
  if (pipeline === undefined) throw new Error('the pipeline was not made');
  await client.query(
    `with units as (insert into departments (workspace_id, name) select min(id), 'Unit ' || n from workspaces, generate_series(1, 4) n group by n returning workspace_id, id),
       numbered as (select *, row_number() over (order by id) as place from units)
     insert into employees (workspace_id, email, name, role, department_id)
       select workspace_id, 'rights' || n || '@bench.test', 'Person ' || n, 'employee', u.id from generate_series(0, $1::int - 1) n join numbered u on u.place = 1 + n % 4`,
    [PEOPLE],
  );
  const found = await client.query<{ first: number }>(
    "select min(id)::int as first from employees where email like 'rights%@bench.test'",
  );
  const first = found.rows[0]?.first ?? 0;
  await client.query(
    `with made as (
       insert into items (workspace_id, type, pipeline_id, stage_id, title, amount, currency, responsible_id, creator_id, observer_ids, moved_at)
         select s.workspace_id, 'deal', s.pipeline_id, s.id, 'Deal of a usual length ' || n, 1000 + n % 5000, 'EUR', $4::int + (n / $3::int) % $5::int, $4,
           case when n % 50 = 0 then array[$4::int + n % $5::int]::bigint[] else '{}' end, now() - n * interval '1 minute'
         from generate_series(1, $2::int) n join stages s on s.pipeline_id = $1 and s.position = n % $3::int
         returning workspace_id, id)
     insert into timeline (workspace_id, item_id, kind, at, text) select workspace_id, id, 'comment', now(), 'Called, wants an offer by Friday' from made`,
    [pipeline, DEALS, STAGES, first, PEOPLE],
  );
  await client.query('vacuum analyze');
  return { pipeline, pipelines: rows.map(({ id }) => id), first };
}
