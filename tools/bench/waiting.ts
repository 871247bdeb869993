import { runDueVisits } from '../../server/src/automation/running/watch-runs.ts';
import type { Context } from '../../server/src/platform/context.ts';
import { migrate } from '../../server/src/platform/migrate/migrate.ts';
import { makePorts } from '../../server/src/ports/make-ports.ts';
import { call } from '../outside/client.ts';
import { placeWaiting } from './data/boards.ts';
import { type BenchDatabase, startBenchDatabase } from './data/database.ts';
import { type BenchWorkspace, insertItems, makeWorkspace } from './data/dataset.ts';
import { addDue, addTasks, addWaiting, enterAll, waitingRules } from './data/waiting.ts';
import { openEngine } from './engine.ts';
import { type BenchServer, startBenchServer } from './instruments/bench-server.ts';
import { percentile, secondsOf } from './instruments/measure.ts';

export interface WaitingFigures {
  /** Runs a second that were found due and carried out while so many others wait; the middle of three rounds, in turn. */
  readonly claims: { readonly few: number; readonly many: number };
  /** What the screens ask, each the median of its tries, the slowest first. */
  readonly screens: readonly { readonly what: string; readonly medianMs: number }[];
}

const ITEMS = 100_000;
const TASKS = 100_000;
const FEW_ITEMS = 100;
const DUE = 1_000;
const ROUNDS = 3;
const TRIES = 7;

/** (n): a hundred thousand tasks and a million runs that wait (ten of each item), beside a thousand. */
export async function benchWaiting(): Promise<WaitingFigures> {
  return { claims: await measureClaims(), screens: await measureScreens() };
}

interface Half {
  readonly database: BenchDatabase;
  readonly context: Context;
  readonly workspace: BenchWorkspace;
  readonly close: () => Promise<void>;
}

/** Two servers' worth of data beside each other, asked in turn, so that what else the machine does meets both. */
async function measureClaims(): Promise<WaitingFigures['claims']> {
  const few = await openHalf(FEW_ITEMS, 1_000);
  const many = await openHalf(ITEMS, 2_000);
  const speeds: { few: number[]; many: number[] } = { few: [], many: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      speeds.few.push(await claim(few, round));
      speeds.many.push(await claim(many, round));
    }
  } finally {
    await few.close();
    await many.close();
  }
  return { few: percentile(speeds.few, 0.5), many: percentile(speeds.many, 0.5) };
}

async function openHalf(waiting: number, workspacesFrom: number): Promise<Half> {
  const database = await startBenchDatabase();
  const engine = openEngine(database);
  await migrate(database.url);
  // The process remembers boards by their workspace: not one that another part of the bench had.
  await database.sql(`select setval('workspaces_id_seq', ${workspacesFrom})`);
  const workspace = await makeWorkspace(database, waiting + ROUNDS * DUE);
  await placeWaiting(database, workspace);
  await enterAll(database, workspace);
  await addWaiting(database, workspace, { from: workspace.firstItem, to: workspace.firstItem + waiting });
  await database.sql('vacuum analyze');
  const close = async () => {
    await engine.close();
    await database.close();
  };
  return { database, context: engine.context, workspace, close };
}

async function claim({ database, context, workspace }: Half, round: number): Promise<number> {
  const from = workspace.firstItem + workspace.items - (round + 1) * DUE;
  await addDue(database, workspace, { from, to: from + DUE });
  const seconds = await secondsOf(async () => {
    while ((await runDueVisits({ context, makePorts }, 0)) > 0) {}
  });
  const { rows } = await database.sql(`select count(*)::int as done from runs where state = 'done'`);
  if (rows[0]?.done !== (round + 1) * DUE) throw new Error(`${rows[0]?.done} runs were done of ${(round + 1) * DUE}`);
  return DUE / seconds;
}

const PIPELINE = 'A million waits';

async function measureScreens(): Promise<WaitingFigures['screens']> {
  const server = await startBenchServer('waiting');
  try {
    const workspace = await fillServer(server);
    const screens: { what: string; medianMs: number }[] = [];
    for (const [what, path] of Object.entries(questions(workspace)))
      screens.push({ what, medianMs: await medianOf(server, path) });
    return screens.toSorted((a, b) => b.medianMs - a.medianMs);
  } finally {
    await server.close();
  }
}

async function fillServer({ place, client }: BenchServer): Promise<BenchWorkspace> {
  const stages = ['NEW', 'OFFER', 'WON', 'LOST'].map((code) => ({ code, name: code, kind: kindOf(code) }));
  const board = { type: 'deal', pipeline: PIPELINE, stages, rules: waitingRules };
  await call(place, 'PUT', `/automation/deal/${encodeURIComponent(PIPELINE)}`, board);
  const { rows } = await client.query<{ workspace: string; pipeline: string; employee: string }>(
    `select p.workspace_id as workspace, p.id as pipeline, min(e.id) as employee from pipelines p
     join employees e on e.workspace_id = p.workspace_id where p.name = $1 group by 1, 2`,
    [PIPELINE],
  );
  const [found] = rows;
  if (found === undefined) throw new Error('there is no pipeline to fill');
  const database = { sql: (text: string, values: readonly unknown[] = []) => client.query(text, [...values]) };
  const owner = {
    workspaceId: Number(found.workspace),
    employeeId: Number(found.employee),
    pipelineId: Number(found.pipeline),
  };
  const workspace = { ...owner, items: ITEMS, firstItem: await insertItems(database, owner, ITEMS) };
  await enterAll(database, workspace);
  await addWaiting(database, workspace, { from: workspace.firstItem, to: workspace.firstItem + ITEMS });
  await addTasks(database, workspace, TASKS);
  await client.query('vacuum analyze');
  return workspace;
}

function kindOf(code: string): string {
  return code === 'WON' ? 'won' : code === 'LOST' ? 'lost' : 'open';
}

function questions({ firstItem, pipelineId, employeeId }: BenchWorkspace): Readonly<Record<string, string>> {
  const item = firstItem + ITEMS / 2;
  const board = `/automation/deal/${encodeURIComponent(PIPELINE)}`;
  const week = new Date(Date.now() + 7 * 86_400_000).toISOString();
  return {
    'my open tasks': `/tasks?responsible=${employeeId}&open=1&order=deadline`,
    'all tasks, newest first': '/tasks',
    'overdue tasks': '/tasks?overdue=1&order=deadline',
    'tasks with a word': '/tasks?q=house%2099999',
    'the board of tasks': '/tasks/counts',
    'tasks of a month': `/tasks?deadlineFrom=${new Date().toISOString()}&deadlineTo=${week}&order=deadline`,
    'tasks of an item': `/tasks?item=${item}`,
    'what waits': '/planned?limit=50',
    'what waits of a rule': `/planned?pipeline=${pipelineId}&rule=wait-3`,
    'what waits of a person': `/planned?responsible=${employeeId}`,
    'what waits from next week': `/planned?from=${week}`,
    'rules that wait': '/planned/rules',
    "an item's rules": `/items/${item}/runs`,
    'an item': `/items/${item}`,
    'the board of automation': board,
    'its counts': `${board}/stats`,
  };
}

async function medianOf({ place }: BenchServer, path: string): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < TRIES; index += 1) times.push((await secondsOf(() => call(place, 'GET', path))) * 1_000);
  return percentile(times, 0.5);
}
