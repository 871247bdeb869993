import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRoutes } from '../compose/routes.ts';
import { inWorkspace } from '../platform/db.ts';
import { createRecorder } from '../signals/recorder.ts';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;
/** What belongs to the firm, by the words of the addresses. */
let theirs: Record<string, number>;
let ours: Record<string, number>;

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
  theirs = await fill(firm);
  ours = await fill(rival);
});
afterAll(() => server.close());

const STAGES = [
  { code: 'NEW', name: 'New', kind: 'open' },
  { code: 'WARM', name: 'Warm', kind: 'open' },
];

async function fill(workspace: TestWorkspace): Promise<Record<string, number>> {
  const { key, adminId } = workspace;
  const send = async (method: 'POST' | 'PUT', url: string, body: unknown) => {
    const answer = await server.call(method, url, { key, body });
    expect(answer.status, `${url} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer.body;
  };
  await send('PUT', '/api/v1/automation/deal/Secret', {
    ...{ type: 'deal', pipeline: 'Secret', stages: STAGES },
    triggers: [{ on: 'email/opened', stage: 'WARM' }],
    rules: [{ do: 'alerts/comment', stage: 'NEW', time: { after: '5 days' }, settings: { text: 'later' } }],
  });
  const pipelines = (await server.call('GET', '/api/v1/pipelines?type=deal', { key })).body.data;
  const secret = pipelines.find(({ name }: { name: string }) => name === 'Secret');
  const contact = await send('POST', '/api/v1/contacts', { name: 'Cleo', emails: ['cleo@client.test'] });
  const company = await send('POST', '/api/v1/companies', { name: 'Client Ltd' });
  const item = await send('POST', '/api/v1/items', { type: 'deal', title: 'Secret', pipeline: secret.id });
  const email = await send('POST', `/api/v1/items/${item.id}/emails`, {
    ...{ subject: 'Offer', text: 'https://shop.test', to: 'cleo@client.test' },
    attachments: [{ name: 'a.txt', content: 'aGk=' }],
  });
  await send('POST', `/api/v1/items/${item.id}/comments`, { text: 'Secret' });
  await send('POST', '/api/v1/signals', { kind: 'webhook.called', item: item.id, payload: { code: 'x' } });
  await send('POST', '/api/v1/fields', { type: 'deal', code: 'secret', name: 'Secret', kind: 'text' });
  await send('POST', '/api/v1/invitations', { email: `i${workspace.id}@firm.test`, name: 'Ida' });
  const task = await send('POST', '/api/v1/tasks', { title: 'Secret', responsible: adminId, item: item.id });
  await send('POST', `/api/v1/tasks/${task.id}/comments`, { text: 'Secret' });
  const line = (await server.call('GET', '/api/v1/channels?kind=phone-line', { key })).body.data[0];
  const number = '+48 601 234 500';
  const talk = await send('POST', '/api/v1/calls', { line: line.id, direction: 'incoming', number, item: item.id });
  const department = await send('POST', '/api/v1/departments', { name: 'Sales' });
  const { data: roles } = (await server.call('GET', '/api/v1/roles', { key })).body;
  const newKey = await send('POST', `/api/v1/users/${adminId}/keys`, { name: 'second' });
  const channel = (await server.call('GET', '/api/v1/channels?kind=mailbox', { key })).body.data[0];
  const { data: runs } = (await server.call('GET', `/api/v1/items/${item.id}/runs`, { key })).body;
  return {
    ...{ items: item.id, contacts: contact.id, companies: company.id, emails: email.id, departments: department.id },
    ...{
      users: adminId,
      roles: roles[2].id,
      key: newKey.id,
      channels: channel.id,
      runs: runs[0].id,
      pipelines: secret.id,
      tasks: task.id,
      calls: talk.id,
    },
    ...{ stage: secret.stages[0].id, deliveries: 1, signals: 1, notifications: 1, mail: 1 },
  };
}

// Valid but for whom it names, so that nothing else is refused first.
const bodies: Readonly<Record<string, object>> = {
  'PATCH /api/v1/users/{id}': { name: 'Owned' },
  'PATCH /api/v1/departments/{id}': { name: 'Owned' },
  'PATCH /api/v1/roles/{id}': { name: 'Owned' },
  'PATCH /api/v1/pipelines/{id}': { name: 'Owned' },
  'PATCH /api/v1/contacts/{id}': { name: 'Owned' },
  'PATCH /api/v1/companies/{id}': { name: 'Owned' },
  'PATCH /api/v1/items/{id}': { title: 'Owned' },
  'PATCH /api/v1/channels/{id}': { name: 'Owned' },
  'POST /api/v1/items/{id}/moves': { stage: 'WARM' },
  'POST /api/v1/items/{id}/comments': { text: 'Owned' },
  'PATCH /api/v1/tasks/{id}': { title: 'Owned' },
  'POST /api/v1/tasks/{id}/comments': { text: 'Owned' },
  'PATCH /api/v1/calls/{id}': { note: 'Owned' },
  'POST /api/v1/sandbox/calls/{id}/client': { do: 'answer' },
  'POST /api/v1/items/{id}/emails': { subject: 'Owned', text: 'x', to: 'x@y.test' },
  'POST /api/v1/sandbox/mail/{id}/open': {},
  'POST /api/v1/sandbox/mail/{id}/click': { url: 'https://shop.test' },
  'POST /api/v1/sandbox/mail/{id}/reply': { text: 'Owned' },
  'POST /api/v1/users/{id}/keys': {},
};

function addressOf(path: string): string {
  const noun =
    path
      .split('/')
      .slice(3)
      .find((word) => theirs[word] !== undefined) ?? 'pipelines';
  return path
    .replace('{type}', 'deal')
    .replace('{stage}', 'NEW')
    .replace('{version}', '1')
    .replace('{number}', '0')
    .replace('{key}', String(theirs.key))
    .replace('{pipeline}', String(theirs.pipelines))
    .replace('{id}', String(path.includes('/rules/{id}') ? 'r1' : theirs[noun]));
}

describe("another workspace's things", () => {
  it('are not there, at every address that names one', async () => {
    const { paths } = (await server.call('GET', '/api/openapi.json')).body;
    const before = await countRows();
    const doors = Object.keys(paths).filter((path) => path.startsWith('/api/v1/') && /\{(id|pipeline)\}/.test(path));
    expect(doors.length).toBeGreaterThan(25);
    for (const path of doors) {
      const known: Record<string, object> = { ...bodies, 'POST /api/v1/emails/{id}/rebind': { item: ours.items } };
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        if (paths[path][method.toLowerCase()] === undefined) continue;
        const hasBody = method !== 'GET' && method !== 'DELETE';
        const valid = known[`${method} ${path}`];
        const body = valid ?? (method === 'PUT' ? { triggers: [], rules: [] } : {});
        const answer = await server.call(method, addressOf(path), { key: rival.key, ...(hasBody && { body }) });
        expect(answer.status, `${method} ${addressOf(path)} ${JSON.stringify(answer.body)}`).toSatisfy(
          // What is asked for without a valid body may be refused for that.
          (status) => status === 404 || (status === 422 && hasBody && valid === undefined),
        );
      }
    }
    expect(await countRows()).toEqual(before);
  });

  it.each<[path: string, method: 'POST' | 'PATCH', url: () => string, body: () => object]>([
    ['contact', 'POST', () => '/api/v1/items', () => ({ type: 'deal', title: 'x', contact: theirs.contacts })],
    ['company', 'POST', () => '/api/v1/items', () => ({ type: 'deal', title: 'x', company: theirs.companies })],
    ['parent', 'POST', () => '/api/v1/items', () => ({ type: 'deal', title: 'x', parent: theirs.items })],
    ['pipeline', 'POST', () => '/api/v1/items', () => ({ type: 'deal', title: 'x', pipeline: theirs.pipelines })],
    ['responsible', 'POST', () => '/api/v1/items', () => ({ type: 'deal', title: 'x', responsible: firm.adminId })],
    [
      'responsible',
      'POST',
      () => '/api/v1/items',
      () => ({ type: 'deal', title: 'x', responsible: `admin-${firm.id}@firm.test` }),
    ],
    ['observers[0]', 'POST', () => '/api/v1/items', () => ({ type: 'deal', title: 'x', observers: [firm.adminId] })],
    ['company', 'POST', () => '/api/v1/contacts', () => ({ name: 'x', company: theirs.companies })],
    ['responsible', 'POST', () => '/api/v1/companies', () => ({ name: 'x', responsible: firm.adminId })],
    ['item', 'POST', () => '/api/v1/tasks', () => ({ title: 'x', item: theirs.items })],
    ['responsible', 'POST', () => '/api/v1/tasks', () => ({ title: 'x', responsible: firm.adminId })],
    ['head', 'POST', () => '/api/v1/departments', () => ({ name: 'x', head: firm.adminId })],
    ['parent', 'POST', () => '/api/v1/departments', () => ({ name: 'x', parent: theirs.departments })],
    [
      'department',
      'POST',
      () => '/api/v1/users',
      () => ({ email: 'x@y.test', name: 'x', department: theirs.departments }),
    ],
    ['supervisor', 'PATCH', () => `/api/v1/users/${rival.adminId}`, () => ({ supervisor: firm.adminId })],
    [
      'requiredStages',
      'POST',
      () => '/api/v1/fields',
      () => ({ type: 'deal', code: 'f', name: 'f', kind: 'text', requiredStages: [theirs.stage] }),
    ],
    [
      'item',
      'POST',
      () => '/api/v1/signals',
      () => ({ kind: 'webhook.called', item: theirs.items, payload: { code: 'x' } }),
    ],
    [
      'client',
      'POST',
      () => '/api/v1/signals',
      () => ({ kind: 'call.missed', client: { id: theirs.contacts }, payload: { line: 1 } }),
    ],
    [
      '[1].item',
      'POST',
      () => '/api/v1/signals',
      () => [
        { kind: 'call.missed', client: { phone: '+48221234567' }, payload: { line: 1 } },
        { kind: 'webhook.called', item: theirs.items, payload: { code: 'x' } },
      ],
    ],
  ])('are refused in a body as %s, by %s, and nothing is written', async (path, method, url, body) => {
    const before = await countRows();

    const answer = await server.call(method, url(), { key: rival.key, body: body() });

    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: expect.stringContaining(path) }] } });
    expect(await countRows()).toEqual(before);
  });

  it('are refused in an e-mail: its mailbox, the mail it answers', async () => {
    const mine = (await server.call('POST', '/api/v1/items', { key: rival.key, body: { type: 'deal', title: 'Mine' } }))
      .body;
    const mail = { subject: 'x', text: 'x', to: 'x@y.test' };
    const before = await countRows();
    for (const wrong of [{ mailbox: theirs.channels }, { inReplyTo: theirs.emails }]) {
      const url = `/api/v1/items/${mine.id}/emails`;
      const answer = await server.call('POST', url, { key: rival.key, body: { ...mail, ...wrong } });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: Object.keys(wrong)[0] }] } });
    }
    expect(await countRows()).toEqual(before);
  });

  it('do not show in lists, whatever they are asked for', async () => {
    const filter = encodeURIComponent(JSON.stringify({ field: 'contact', is: 'equals', value: theirs.contacts }));
    for (const url of ['/api/v1/items?q=Secret', `/api/v1/items?filter=${filter}`, '/api/v1/search?q=Cleo']) {
      const { status, body } = await server.call('GET', url, { key: rival.key });
      expect(status, url).toBe(200);
      expect(JSON.stringify(body), url).not.toContain(`"id":${theirs.items},`);
    }
    for (const url of [`/api/v1/items?pipeline=${theirs.pipelines}`, `/api/v1/items?responsible=${firm.adminId}`]) {
      expect((await server.call('GET', url, { key: rival.key })).status, url).toBe(422);
    }
  });
});

describe('row-level security', () => {
  it('shows nothing of any table to the app role without a workspace, and one workspace with it', async () => {
    const tables = await listTables();
    const secured = tables.filter(({ granted }) => granted);
    expect(secured.length).toBeGreaterThan(25);
    for (const { name, forced } of secured) {
      expect(forced, `${name} is not protected`).toBe(true);
      const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(server.context.databases.app);
      expect(rows, name).toEqual([]);
      const column = name === 'workspaces' ? 'id' : 'workspace_id';
      const seen = await inWorkspace(server.context.databases.app, rival.id, (tx) =>
        sql<{ id: number }>`select distinct ${sql.ref(column)} as id from ${sql.table(name)}`.execute(tx),
      );
      expect(
        seen.rows.filter(({ id }) => id !== rival.id),
        name,
      ).toEqual([]);
    }
    const filled = await countRows();
    expect(Object.keys(filled).filter((name) => name.endsWith(` ${firm.id}`)).length).toBeGreaterThan(15);
  });

  it('keeps the app role out of accounts, sessions and the job queue', async () => {
    const { app } = server.context.databases;
    for (const name of ['auth_users', 'auth_sessions', 'auth_accounts', 'auth_verifications', 'processes']) {
      await expect(sql`select 1 from ${sql.table(name)}`.execute(app), name).rejects.toThrow('permission denied');
    }
    await expect(sql`select 1 from graphile_worker.jobs`.execute(app)).rejects.toThrow('permission denied');
  });

  it('writes nothing into another workspace', async () => {
    const write = inWorkspace(server.context.databases.app, rival.id, (tx) =>
      sql`insert into departments (workspace_id, name) values (${firm.id}, 'Trojan')`.execute(tx),
    );
    await expect(write).rejects.toThrow('row-level security');
    const change = await inWorkspace(server.context.databases.app, rival.id, (tx) =>
      sql`update items set title = 'Owned' where workspace_id = ${firm.id}`.execute(tx),
    );
    expect(change.numAffectedRows).toBe(0n);
  });
});

async function listTables(): Promise<{ name: string; granted: boolean; forced: boolean }[]> {
  const { rows } = await sql<{ name: string; granted: boolean; forced: boolean }>`
    select relname as name, has_table_privilege('signalbox_app', oid, 'select') as granted,
      relrowsecurity and relforcerowsecurity as forced
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')`.execute(
    server.context.databases.system,
  );
  return rows;
}

/** How many rows each table has, by `table workspace`. */
async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, granted } of await listTables()) {
    if (!granted || name === 'workspaces') continue;
    const { rows } = await sql<{ id: number; count: number }>`
      select workspace_id as id, count(*)::int as count from ${sql.table(name)} group by 1`.execute(
      server.context.databases.system,
    );
    for (const { id, count } of rows) counts[`${name} ${id}`] = count;
  }
  return counts;
}
