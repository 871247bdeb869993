import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBacklog } from '../api/backlog.store.ts';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { makeRoutes } from '../compose/routes.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts';
import { withClient } from '../platform/testing-databases.ts';
import { makePorts } from '../ports/make-ports.ts';
import { createRecorder } from '../signals/recorder.ts';
import { drainWorkspace } from './drain/drain.ts';
import { startEngine } from './drain/engine.ts';
import { runEntered } from './running/run-entered.ts';
import { runDueVisits } from './running/watch-runs.ts';
import { type WatchedDatabases, watchStatements } from './testing-plans.ts';

/** Signals that were decided long ago, with a fifth as many decisions, visits and runs: SIGNALBOX_HISTORY=10000000 takes some minutes. */
const HISTORY = Number(process.env.SIGNALBOX_HISTORY ?? 50_000);
/** No statement of everyday work looks at more, whatever the planner believes. */
const MOST_ROWS = 100;
const MOST_PAGES = 1_000;
const tables = ['signals', 'signal_queue', 'decisions', 'items', 'visits', 'runs', 'history', 'timeline'];
const BOARD = '/api/v1/automation/deal/Sales';
const stages = ['NEW', 'WARM', 'HOT', 'WON'].map((code) => ({
  code,
  name: code,
  kind: code === 'WON' ? 'won' : 'open',
}));

let database: TestDatabase;
let watched: WatchedDatabases;
let server: TestServer;
let firm: TestWorkspace;
let item = 0;
let oldItem = 0;

const call = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object) => {
  const answer = await server.call(method, url, { key: firm.key, ...(body !== undefined && { body }) });
  expect(answer.status, `${method} ${url} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
};
const trigger = (stage: string, code: string) => ({ id: code, on: 'apps/webhook', stage, settings: { code } });
const rule = (id: string, stage: string, more: object = {}) => ({
  ...{ id, do: 'alerts/comment', stage, settings: { text: '{{ item.title }}' } },
  ...more,
});
const file = {
  ...{ type: 'deal', pipeline: 'Sales', stages },
  triggers: [trigger('WARM', 'warm'), trigger('HOT', 'hot')],
  rules: [
    rule('say', 'WARM'),
    rule('tell', 'WARM', { do: 'alerts/notify', settings: { text: 'x', recipients: ['responsible'] } }),
    rule('later', 'WARM', { time: { after: '1 hour' } }),
    rule('never', 'HOT', { time: { after: '30 days' }, onLeave: 'keep' }),
  ],
};
const parts = () => ({
  bindSignals: async () => {},
  runEntered: (tx: Parameters<typeof runEntered>[1], entered: Parameters<typeof runEntered>[2]) =>
    runEntered({ context: server.context, makePorts }, tx, entered),
});
const signal = (code: string) => ({ kind: 'webhook.called', payload: { code }, sourceKey: `${code} ${Math.random()}` });
const record = (code: string) =>
  createRecorder(server.context).record(firm.id, [{ ...signal(code), occurredAt: new Date(), items: [item] }]);

beforeAll(async () => {
  database = await createTestDatabase();
  watched = await watchStatements(database.url);
  server = await startTestServer(
    {},
    (context, people) => makeRoutes(context, { people, recorder: createRecorder(context) }),
    { ...watched, close: () => watched.close().then(() => database.close()) },
  );
  firm = await server.addWorkspace();
  await call('PUT', BOARD, file);
  await call('POST', '/api/v1/pipelines', {
    type: 'deal',
    name: 'Archive',
    stages: [{ code: 'OLD', name: 'Old', kind: 'open' }],
  });
  await withClient(database.url, makeHistory);
  item = (await call('POST', '/api/v1/items', { type: 'deal', pipeline: 'Sales', title: 'Bread' })).id;
}, 1_800_000);
afterAll(() => server.close());

/** What a workspace is like after years: the planner knows nothing of it, or what it was like when everything waited. */
async function makeHistory(owner: pg.Client): Promise<void> {
  const sales = `(select id from pipelines where workspace_id = :w and name = 'Sales')`;
  const archive = `(select id from pipelines where workspace_id = :w and name = 'Archive')`;
  const warm = `(select id from stages where workspace_id = :w and code = 'WARM')`;
  const old = `(select id from stages where workspace_id = :w and code = 'OLD')`;
  const [items, visits] = [HISTORY / 50, HISTORY / 5];
  const when = `now() - interval '40 days' - n * interval '${63_000_000 / HISTORY} seconds'`;
  const run = (text: string) => owner.query(text.replaceAll(':w', String(firm.id)));
  for (const table of tables) await run(`alter table ${table} set (autovacuum_enabled = off)`);
  await run(`insert into items (workspace_id, type, pipeline_id, stage_id, title, visit_id)
    select :w, 'deal', ${archive}, ${old}, 'Deal ' || n, n from generate_series(1, ${items}) n`);
  const first = await owner.query(`select min(id)::int as id from items where workspace_id = ${firm.id}`);
  oldItem = Number(first.rows[0]?.id);
  const itemOf = `${oldItem} + n % ${items}`;
  await run(`insert into signals (workspace_id, kind, occurred_at, source_key, payload, item_ids)
    select :w, 'webhook.called', ${when}, 'old ' || n, '{"code":"old"}', array[${itemOf}] from generate_series(1, ${HISTORY}) n`);
  await run(
    `insert into signal_queue (workspace_id, signal_id) select workspace_id, id from signals where workspace_id = :w order by id limit 5000`,
  );
  await run(`insert into decisions (workspace_id, item_id, signal_id, decided_at, pipeline_id, board_version, verdicts)
    select workspace_id, item_ids[1], id, occurred_at, ${sales}, 1, '[["warm","settings"]]' from signals where workspace_id = :w and id % 5 = 0`);
  await run(`insert into visits (workspace_id, item_id, pipeline_id, stage_id, entered_at, board_version, trigger_id)
    select :w, ${itemOf}, ${sales}, ${warm}, ${when}, 1, 'warm' from generate_series(1, ${visits}) n`);
  await run(`insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id, state, ended_at)
    select workspace_id, id, item_id, pipeline_id, 'say', case when id % 10 = 0 then 'failed' else 'done' end, entered_at from visits where workspace_id = :w`);
  for (const table of ['history', 'timeline'])
    await run(`insert into ${table} (workspace_id, item_id, ${table === 'history' ? 'field' : 'kind'}, at)
      select :w, ${itemOf}, 'stage', ${when} from generate_series(1, ${visits}) n`);
  await run('analyze signal_queue');
  await run('delete from signal_queue where workspace_id = :w');
  for (const table of tables.filter((name) => name !== 'signal_queue'))
    await run(`delete from pg_statistic where starelid = '${table}'::regclass`);
}

const everyday: readonly (readonly [what: string, work: () => Promise<unknown>])[] = [
  ['a call is recorded', () => record('warm')],
  ['it is decided, and the rules due at entry run', () => drainWorkspace(server.context, firm.id, parts())],
  ['runs are looked for whose moment has come', () => runDueVisits({ context: server.context, makePorts }, -7_200_000)],
  ['a call is recorded and decided at once', decideAtOnce],
  ['somebody posts a signal', () => call('POST', '/api/v1/signals', { ...signal('none'), item })],
  ['which moves nothing', () => drainWorkspace(server.context, firm.id, parts())],
  ['somebody changes the item', () => call('PATCH', `/api/v1/items/${item}`, { title: 'Rolls', amount: 5 })],
  ['that change is decided', () => drainWorkspace(server.context, firm.id, parts())],
  ['somebody moves it', () => call('POST', `/api/v1/items/${item}/moves`, { stage: 'WARM' })],
  ['somebody looks at the item', () => call('GET', `/api/v1/items/${item}`)],
  ['at its timeline', () => call('GET', `/api/v1/items/${item}/timeline`)],
  ['at its history', () => call('GET', `/api/v1/items/${item}/history`)],
  ['at its signals', () => call('GET', `/api/v1/items/${item}/signals`)],
  ['at its runs', () => call('GET', `/api/v1/items/${item}/runs`)],
  ['at the board', () => call('GET', '/api/v1/board/Sales')],
  ['at the numbers of the automation screen', () => call('GET', `${BOARD}/stats`)],
  ['at signals that cannot be decided', () => call('GET', '/api/v1/signals/undecidable')],
  ['at the bell', () => call('GET', '/api/v1/notifications')],
  [
    'a rule goes whose runs wait',
    () => call('PUT', `${BOARD}?cancelRuns=1`, { ...file, rules: file.rules.slice(0, 3) }),
  ],
  ['the process tells how it is', () => readBacklog(server.context.databases)],
  ['an item is made', () => call('POST', '/api/v1/items', { type: 'deal', pipeline: 'Sales', title: 'New' })],
  ['the item’s automation is stopped', () => call('POST', `/api/v1/items/${item}/automation/stop`)],
  ['somebody looks at the signals of an old one', () => call('GET', `/api/v1/items/${oldItem}/signals?limit=5`)],
  ['at its runs', () => call('GET', `/api/v1/items/${oldItem}/runs?limit=5`)],
  ['and deletes it', () => call('DELETE', `/api/v1/items/${oldItem}`)],
];

async function decideAtOnce(): Promise<void> {
  const engine = startEngine(server.context, parts());
  const recorder = createRecorder(server.context, engine.carryOut);
  await recorder.record(firm.id, [{ ...signal('hot'), occurredAt: new Date(), items: [item] }]);
  await engine.stop();
}

test('everyday work reads a handful of rows however long the history is, whatever the planner believes', async () => {
  const walkers: string[] = [];
  let statements = 0;
  for (const [what, work] of everyday) {
    watched.taken();
    await work();
    const reads = watched.taken();
    statements += reads.length;
    for (const { text, rows, pages } of reads)
      if (rows > MOST_ROWS || pages > MOST_PAGES) walkers.push(`${what}: ${rows} rows, ${pages} pages: ${text}`);
  }
  expect(walkers).toEqual([]);
  expect(statements).toBeGreaterThan(100);
  const seen = await call('GET', `/api/v1/items/${item}/runs`);
  expect(seen.data.map(({ rule: id }: { rule: string }) => id)).toEqual(
    expect.arrayContaining(['say', 'tell', 'later']),
  );
});

test('a statement that walks through the history is seen', async () => {
  watched.taken();
  await readBacklog(server.context.databases);
  const { numAffectedRows } = await watched.system
    .selectFrom('visits')
    .select(({ fn }) => fn.countAll<number>().as('numAffectedRows'))
    .executeTakeFirstOrThrow();
  expect(watched.taken()[0]).toMatchObject({ rows: expect.any(Number), text: expect.stringContaining('visits') });
  expect(numAffectedRows).toBeGreaterThan(MOST_ROWS);
});
