import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Grants, grants, type RightVerb, type RoleRights } from '@signalbox/contract/people/rights.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeRoutes } from '../compose/routes.ts';
import { noRights, standardRights } from '../people/rights/standard-roles.ts';
import { inWorkspace } from '../platform/db.ts';
import { createRecorder } from '../signals/recorder.ts';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

/** What a route asks of the one who calls it: nothing of a role, or a right without which it answers 403 or 404. */
const need = z.enum([
  ...(['public', 'own', 'admin', 'sees all', 'import', 'list'] as const),
  ...(['area automation', 'area people', 'area mail', 'area settings'] as const),
  ...(['item read', 'item add', 'item change', 'item delete', 'item export'] as const),
  ...(['client read', 'client add', 'client change', 'client delete', 'client export'] as const),
]);
type Need = z.infer<typeof need>;

const channels = fileURLToPath(new URL('../channels/', import.meta.url));

/** Those of a channel's routes stand beside it, in its `rights.hostile.json`. */
const ofChannels = readdirSync(channels)
  .map((name) => join(channels, name, 'rights.hostile.json'))
  .filter((file) => existsSync(file))
  .map((file) => z.record(z.string(), need).parse(JSON.parse(readFileSync(file, 'utf8'))));

/** `list`: everybody may ask, and is shown what they may see - here nothing. A route that is missing fails below. */
const needs: Readonly<Record<string, Need>> = {
  ...Object.fromEntries(ofChannels.flatMap((table) => Object.entries(table))),
  'GET /healthz': 'public',
  'GET /metrics': 'public',
  'GET /rest/{user}/{secret}/{method}': 'public',
  'POST /rest/{user}/{secret}/{method}': 'public',
  'GET /api/v1/setup': 'public',
  'POST /api/v1/setup': 'public',
  'POST /api/v1/session': 'public',
  'DELETE /api/v1/session': 'public',
  'POST /api/v1/session/see-as': 'area people',
  'DELETE /api/v1/session/see-as': 'public',
  'GET /api/v1/invitations/{token}': 'public',
  'POST /api/v1/invitations/{token}': 'public',
  'GET /api/v1/stream': 'own',
  'GET /api/v1/me': 'own',
  'PATCH /api/v1/me': 'own',
  'GET /api/v1/me/sessions': 'own',
  'DELETE /api/v1/me/sessions': 'own',
  'DELETE /api/v1/me/sessions/{session}': 'own',
  'POST /api/v1/me/password': 'own',
  'GET /api/v1/session/oidc': 'public',
  'GET /api/v1/session/oidc/callback': 'public',
  'POST /api/v1/password-resets': 'public',
  'GET /api/v1/password-resets/{token}': 'public',
  'POST /api/v1/password-resets/{token}': 'public',
  'GET /api/v1/session/second': 'own',
  'POST /api/v1/session/second': 'own',
  'POST /api/v1/session/second/passkey': 'own',
  'POST /api/v1/session/passkey/options': 'public',
  'POST /api/v1/session/passkey': 'public',
  'GET /api/v1/me/factors': 'own',
  'POST /api/v1/me/totp': 'own',
  'POST /api/v1/me/totp/confirm': 'own',
  'DELETE /api/v1/me/totp': 'own',
  'POST /api/v1/me/passkeys/options': 'own',
  'POST /api/v1/me/passkeys': 'own',
  'PATCH /api/v1/me/passkeys/{passkey}': 'own',
  'DELETE /api/v1/me/passkeys/{passkey}': 'own',
  'POST /api/v1/me/recovery-codes': 'own',
  'DELETE /api/v1/users/{id}/factors': 'area people',
  'GET /api/v1/session/confirm': 'own',
  'POST /api/v1/session/confirm': 'own',
  'GET /api/v1/me/workday': 'own',
  'POST /api/v1/me/workday': 'own',
  'GET /api/v1/notifications': 'own',
  'POST /api/v1/notifications/{id}/read': 'own',
  'POST /api/v1/notifications/read-all': 'own',
  'GET /api/v1/absences': 'own',
  'GET /api/v1/quotas': 'area settings',
  'GET /api/v1/calendar': 'own',
  'GET /api/v1/currencies': 'own',
  'GET /api/v1/calendar/holidays': 'own',
  'GET /api/v1/calendar/countries': 'own',
  'GET /api/v1/users': 'own',
  'GET /api/v1/users/{id}': 'own',
  'GET /api/v1/departments': 'own',
  'GET /api/v1/roles': 'own',
  'GET /api/v1/catalogue': 'own',
  'GET /api/v1/item-types': 'own',
  'GET /api/v1/fields': 'own',
  'GET /api/v1/fields/{type}/{code}/use': 'area settings',
  'GET /api/v1/mail-domains': 'area settings',
  'POST /api/v1/mail-domains': 'area settings',
  'POST /api/v1/mail-domains/{domain}/check': 'area settings',
  'DELETE /api/v1/mail-domains/{domain}': 'area settings',
  'GET /api/v1/channels': 'own',
  'GET /api/v1/channels/kinds': 'own',
  'POST /api/v1/files': 'own',
  'POST /api/v1/automation/check': 'area automation',
  'POST /api/v1/automation/secrets': 'area automation',
  'GET /api/v1/items': 'list',
  'GET /api/v1/pipelines': 'list',
  'GET /api/v1/search': 'list',
  'GET /api/v1/contacts': 'list',
  'GET /api/v1/companies': 'list',
  'GET /api/v1/files': 'list',
  'GET /api/v1/imports': 'list',
  'GET /api/v1/tasks': 'list',
  'GET /api/v1/planned': 'list',
  'GET /api/v1/planned/rules': 'list',
  'POST /api/v1/planned/change': 'own',
  'GET /api/v1/tasks/counts': 'own',
  'POST /api/v1/tasks': 'own',
  'POST /api/v1/tasks/change': 'own',
  'POST /api/v1/tasks/delete': 'own',
  'GET /api/v1/tasks/{id}': 'item read',
  'PATCH /api/v1/tasks/{id}': 'item change',
  'DELETE /api/v1/tasks/{id}': 'item delete',
  'GET /api/v1/tasks/{id}/comments': 'item read',
  'POST /api/v1/tasks/{id}/comments': 'item read',
  'GET /api/v1/tasks/{id}/history': 'item read',
  'POST /api/v1/roles': 'admin',
  'PATCH /api/v1/roles/{id}': 'admin',
  'DELETE /api/v1/roles/{id}': 'admin',
  'GET /api/v1/users/{id}/rights': 'area people',
  'POST /api/v1/users': 'area people',
  'PATCH /api/v1/users/{id}': 'area people',
  'POST /api/v1/invitations': 'area people',
  'POST /api/v1/departments': 'area people',
  'PATCH /api/v1/departments/{id}': 'area people',
  'POST /api/v1/absences': 'area people',
  'DELETE /api/v1/absences/{id}': 'area people',
  'GET /api/v1/users/{id}/keys': 'admin',
  'GET /api/v1/audit': 'admin',
  'GET /api/v1/audit.csv': 'admin',
  'POST /api/v1/users/{id}/keys': 'admin',
  'DELETE /api/v1/users/{id}/keys/{key}': 'admin',
  'PUT /api/v1/calendar': 'area settings',
  'GET /api/v1/users/{id}/holdings': 'area people',
  'POST /api/v1/users/{id}/hand-over': 'area people',
  'PUT /api/v1/currencies': 'area settings',
  'POST /api/v1/fields': 'area settings',
  'PATCH /api/v1/fields/{type}/{code}': 'area settings',
  'PUT /api/v1/fields/{type}/order': 'area settings',
  'DELETE /api/v1/fields/{type}/{code}': 'area settings',
  'POST /api/v1/item-types': 'area settings',
  'PATCH /api/v1/item-types/{code}': 'area settings',
  'DELETE /api/v1/item-types/{code}': 'area settings',
  'POST /api/v1/channels': 'area settings',
  'PATCH /api/v1/channels/{id}': 'area settings',
  'POST /api/v1/channels/{id}/resume': 'area settings',
  'POST /api/v1/channels/{id}/test': 'area settings',
  'GET /api/v1/channels/{id}/use': 'own',
  'GET /api/v1/references/{kind}': 'area automation',
  'DELETE /api/v1/channels/{id}': 'area settings',
  'POST /api/v1/pipelines': 'area automation',
  'PATCH /api/v1/pipelines/{id}': 'area automation',
  'DELETE /api/v1/pipelines/{id}': 'area automation',
  'PUT /api/v1/pipelines/{id}/stages': 'area automation',
  'PUT /api/v1/automation/{type}/{pipeline}': 'area automation',
  'POST /api/v1/automation/{type}/{pipeline}/versions/{version}/restore': 'area automation',
  'POST /api/v1/automation/{type}/{pipeline}/rules/{id}/run': 'area automation',
  'POST /api/v1/signals/{id}/retry': 'area automation',
  'GET /api/v1/signals/undecidable': 'sees all',
  'GET /api/v1/automation/{type}/{pipeline}/stats': 'sees all',
  'POST /api/v1/automation/{type}/{pipeline}/rehearse': 'sees all',
  'GET /api/v1/automation/{type}/{pipeline}': 'item read',
  'GET /api/v1/automation/{type}/{pipeline}/versions': 'item read',
  'GET /api/v1/automation/{type}/{pipeline}/versions/{version}': 'item read',
  'POST /api/v1/automation/{type}/{pipeline}/test': 'item read',
  'POST /api/v1/templates/preview': 'item read',
  'GET /api/v1/pipelines/{id}': 'item read',
  'GET /api/v1/board/{pipeline}': 'item read',
  'GET /api/v1/board/{pipeline}/{stage}': 'item read',
  'GET /api/v1/items/{id}': 'item read',
  'GET /api/v1/items/{id}/access': 'item read',
  'GET /api/v1/items/{id}/timeline': 'item read',
  'GET /api/v1/items/{id}/history': 'item read',
  'GET /api/v1/items/{id}/signals': 'item read',
  'GET /api/v1/items/{id}/runs': 'item read',
  'GET /api/v1/items/{id}/conversion': 'item read',
  'GET /api/v1/files/{id}': 'item read',
  'DELETE /api/v1/files/{id}': 'item read',
  'POST /api/v1/items': 'item add',
  'PATCH /api/v1/items/{id}': 'item change',
  'POST /api/v1/items/{id}/moves': 'item change',
  'POST /api/v1/items/{id}/comments': 'item change',
  'POST /api/v1/items/{id}/convert': 'item change',
  'POST /api/v1/items/{id}/automation/stop': 'item change',
  'POST /api/v1/runs/{id}/run-now': 'item change',
  'POST /api/v1/runs/{id}/cancel': 'item change',
  'POST /api/v1/runs/{id}/retry': 'item change',
  'POST /api/v1/runs/{id}/undo': 'item change',
  'POST /api/v1/items/{id}/automation/undo': 'item change',
  'POST /api/v1/deliveries/{id}/retry': 'item change',
  'POST /api/v1/signals': 'item change',
  'DELETE /api/v1/items/{id}': 'item delete',
  'GET /api/v1/items.csv': 'item export',
  'GET /api/v1/contacts/{id}': 'client read',
  'GET /api/v1/contacts/{id}/access': 'client read',
  'GET /api/v1/companies/{id}/access': 'client read',
  'GET /api/v1/contacts/{id}/items': 'client read',
  'GET /api/v1/companies/{id}': 'client read',
  'GET /api/v1/companies/{id}/items': 'client read',
  'POST /api/v1/contacts': 'client add',
  'POST /api/v1/companies': 'client add',
  'PATCH /api/v1/contacts/{id}': 'client change',
  'PATCH /api/v1/companies/{id}': 'client change',
  'GET /api/v1/contacts.csv': 'client export',
  'GET /api/v1/companies.csv': 'client export',
  'POST /api/v1/imports': 'import',
  'GET /api/v1/imports/{id}': 'import',
  'POST /api/v1/imports/{id}/preview': 'import',
  'POST /api/v1/imports/{id}/start': 'import',
  'POST /api/v1/imports/{id}/cancel': 'import',
  'GET /api/v1/imports/{id}/rows.csv': 'import',
};

let server: TestServer;
let firm: TestWorkspace;
let ids: Record<string, number>;
/** Nobody's right to anything. */
let nobody: { id: number; key: string };
let paths: Record<string, Record<string, unknown>>;

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  ids = await fill();
  nobody = await withRights(noRights);
  paths = (await server.call('GET', '/api/openapi.json')).body.paths;
});
afterAll(() => server.close());

async function send(method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, headers?: Record<string, string>) {
  const answer = await server.call(method, url, {
    key: firm.key,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });
  expect(answer.status, `${url} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
}

let number = 0;
async function withRights(rights: RoleRights) {
  number += 1;
  await send('POST', '/api/v1/roles', { name: `Role ${number}`, rights });
  return firm.addPerson(`p${number}@firm.test`, `Role ${number}`);
}

async function fill(): Promise<Record<string, number>> {
  await send('PUT', '/api/v1/automation/deal/Secret', {
    ...{
      type: 'deal',
      pipeline: 'Secret',
      stages: [
        { code: 'NEW', name: 'New' },
        { code: 'WARM', name: 'Warm' },
      ],
    },
    rules: [{ do: 'alerts/comment', stage: 'NEW', time: { after: '5 days' }, settings: { text: 'later' } }],
  });
  const pipelines = (await send('GET', '/api/v1/pipelines?type=deal')).data;
  const { id: pipeline } = pipelines.find(({ name }: { name: string }) => name === 'Secret');
  const contact = await send('POST', '/api/v1/contacts', { name: 'Cleo', emails: ['cleo@client.test'] });
  const company = await send('POST', '/api/v1/companies', { name: 'Client Ltd' });
  const item = await send('POST', '/api/v1/items', { type: 'deal', title: 'Secret', pipeline });
  const email = await send('POST', `/api/v1/items/${item.id}/emails`, {
    ...{ subject: 'Offer', text: 'x', to: 'cleo@client.test', attachments: [{ name: 'a.txt', content: 'aGk=' }] },
  });
  await send('POST', '/api/v1/fields', { type: 'deal', code: 'margin', name: 'Margin', kind: 'number' });
  const { data: runs } = await send('GET', `/api/v1/items/${item.id}/runs`);
  const channel = (await send('GET', '/api/v1/channels?kind=mailbox')).data[0];
  const line = (await send('GET', '/api/v1/channels?kind=phone-line')).data[0];
  const called = await send('POST', '/api/v1/calls', {
    ...{ line: line.id, direction: 'incoming', number: '+48601234567', item: item.id },
  });
  await server.call('PATCH', `/api/v1/calls/${called.id}`, { key: firm.key, body: { state: 'ended' } });
  const task = await send('POST', '/api/v1/tasks', { title: 'Secret', item: item.id });
  const made = await send('POST', `/api/v1/users/${firm.adminId}/keys`, {});
  const department = await send('POST', '/api/v1/departments', { name: 'Sales' });
  const file = await send('POST', '/api/v1/files?name=a.txt', 'bytes', { 'content-type': 'application/octet-stream' });
  const drafted = await send('POST', '/api/v1/imports?target=contact', 'name\r\nAda\r\n', {
    'content-type': 'text/csv',
  });
  const absence = await send('POST', '/api/v1/absences', { from: '2026-12-01', to: '2026-12-02', reason: 'leave' });
  const { data: roles } = await send('GET', '/api/v1/roles');
  return {
    ...{ items: item.id, contacts: contact.id, companies: company.id, emails: email.id, runs: runs[0].id },
    ...{ channels: channel.id, key: made.id, departments: department.id, files: file.id, imports: drafted.id },
    ...{ absences: absence.id, roles: roles[2].id, users: firm.adminId, pipelines: pipeline },
    ...{ calls: called.id, lines: line.id, tasks: task.id },
    ...{ deliveries: 1, signals: 1, notifications: 1, mail: 1 },
  };
}

const columns = [{ column: 0, to: 'name' }];
/** Valid but for the right, so that nothing else is refused first. */
const bodies = (): Readonly<Record<string, object>> => ({
  'POST /api/v1/roles': { name: 'Owned', rights: noRights },
  'PATCH /api/v1/roles/{id}': { name: 'Owned' },
  'POST /api/v1/session/see-as': { employee: firm.adminId },
  'POST /api/v1/users': { email: 'x@y.test', name: 'Owned' },
  'PATCH /api/v1/users/{id}': { name: 'Owned' },
  'POST /api/v1/invitations': { email: 'x@y.test', name: 'Owned' },
  'POST /api/v1/departments': { name: 'Owned' },
  'PATCH /api/v1/departments/{id}': { name: 'Owned' },
  'POST /api/v1/absences': { employee: firm.adminId, from: '2026-12-01', to: '2026-12-02', reason: 'leave' },
  'POST /api/v1/fields': { type: 'deal', code: 'owned', name: 'Owned', kind: 'text' },
  'POST /api/v1/items': { type: 'deal', title: 'Owned', pipeline: ids.pipelines },
  'PATCH /api/v1/items/{id}': { title: 'Owned' },
  'POST /api/v1/items/{id}/moves': { stage: 'WARM' },
  'POST /api/v1/items/{id}/automation/undo': { visit: 1 },
  'POST /api/v1/items/{id}/comments': { text: 'Owned' },
  'POST /api/v1/items/{id}/emails': { subject: 'Owned', text: 'x', to: 'x@y.test' },
  'POST /api/v1/calls': { line: ids.lines, direction: 'incoming', number: '+48601234567' },
  'PATCH /api/v1/calls/{id}': { note: 'Owned' },
  'POST /api/v1/sandbox/calls/{id}/client': { do: 'answer' },
  'POST /api/v1/calls/dial': { number: '+48601234567', item: ids.items },
  'POST /api/v1/calls/{id}/rebind': { item: ids.items },
  'POST /api/v1/emails/{id}/rebind': { item: ids.items },
  'POST /api/v1/emails/{id}/forwarded': { take: true },
  'POST /api/v1/emails/{id}/held': { decision: 'keep' },
  'POST /api/v1/tasks': { title: 'Owned' },
  'POST /api/v1/tasks/change': { ids: [ids.tasks], change: { status: 'deferred' } },
  'POST /api/v1/tasks/delete': { ids: [ids.tasks] },
  'PATCH /api/v1/tasks/{id}': { title: 'Owned' },
  'POST /api/v1/tasks/{id}/comments': { text: 'Owned' },
  'POST /api/v1/signals': { kind: 'webhook.called', item: ids.items, payload: { code: 'x' } },
  'POST /api/v1/templates/preview': { item: ids.items, text: 'x', as: 'text' },
  'POST /api/v1/automation/{type}/{pipeline}/test': {
    item: ids.items,
    signal: { kind: 'webhook.called', payload: { code: 'x' } },
  },
  'POST /api/v1/automation/{type}/{pipeline}/rehearse': { days: 7 },
  'POST /api/v1/contacts': { name: 'Owned' },
  'POST /api/v1/companies': { name: 'Owned' },
  'PATCH /api/v1/contacts/{id}': { name: 'Owned' },
  'PATCH /api/v1/companies/{id}': { name: 'Owned' },
  'POST /api/v1/imports/{id}/preview': { columns, runRules: false },
  'POST /api/v1/imports/{id}/start': { columns, runRules: false },
});

function addressOf(door: string, path: string): string {
  const noun =
    path
      .split('/')
      .slice(3)
      .find((word) => ids[word] !== undefined) ?? 'pipelines';
  const url = path
    .replace('{type}', 'deal')
    .replace('{stage}', 'NEW')
    .replace('{version}', '1')
    .replace('{number}', '1')
    .replace('{code}', 'margin')
    .replace('{kind}', 'mailbox')
    .replace('{key}', String(ids.key))
    .replace('{pipeline}', String(ids.pipelines))
    .replace('{id}', String(path.includes('/rules/{id}') ? 'r1' : ids[noun]));
  return `${url}${queries[door] ?? ''}`;
}

const queries: Readonly<Record<string, string>> = {
  'GET /api/v1/search': '?q=Secret',
  'POST /api/v1/imports': '?target=contact',
  'GET /api/v1/calendar/holidays': '?country=PL&year=2026',
};

function call(door: string, key: string) {
  const [method, path = ''] = door.split(' ');
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const isCsv = door === 'POST /api/v1/imports';
  const isBytes = door === 'POST /api/v1/calls/{id}/recording';
  const body = isBytes ? 'bytes' : isCsv ? 'name\r\nAda\r\n' : (bodies()[door] ?? {});
  return server.call(
    method === 'POST'
      ? 'POST'
      : method === 'PUT'
        ? 'PUT'
        : method === 'PATCH'
          ? 'PATCH'
          : method === 'DELETE'
            ? 'DELETE'
            : 'GET',
    addressOf(door, path),
    {
      ...{ key, ...(hasBody && { body }), ...(isCsv && { headers: { 'content-type': 'text/csv' } }) },
      ...(isBytes && { headers: { 'content-type': 'application/octet-stream' } }),
    },
  );
}

async function countRows() {
  const tables = [
    'items',
    'contacts',
    'companies',
    'emails',
    'employees',
    'roles',
    'employee_roles',

    'departments',
    'fields',
  ];
  const more = [
    'pipelines',
    'stages',
    'boards',
    'runs',
    'signals',
    'timeline',
    'history',
    'channels',
    'imports',
    'files',
    'absences',
    'outbox',
    'tasks',
    'task_comments',
  ];
  return inWorkspace(server.context.databases.app, firm.id, async (tx) => {
    const counts: Record<string, unknown> = {};
    for (const table of [...tables, ...more]) {
      const { rows } =
        await sql`select count(*)::int as count, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as sum from ${sql.table(table)} t`.execute(
          tx,
        );
      counts[table] = rows[0];
    }
    return counts;
  });
}

/** What is told that one may not do it to. */
const nounOf = (door: string) => (door.includes('/tasks') ? 'task' : 'item');

const doorsOf = (holds: (need: Need) => boolean) =>
  Object.entries(needs).flatMap(([door, need]) => (holds(need) ? [door] : []));

describe('every route', () => {
  it('says in the table which right it needs', () => {
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const missing = described.filter((door) => needs[door] === undefined);
    expect(missing, 'missing in the table above, or in channels/<name>/rights.hostile.json').toEqual([]);
    expect(Object.keys(needs).filter((door) => !described.includes(door))).toEqual([]);
  });

  it.each(doorsOf((need) => !['public', 'own', 'list'].includes(need)))(
    '%s refuses who has no right at all',
    async (door) => {
      const before = await countRows();
      const answer = await call(door, nobody.key);
      expect([403, 404], JSON.stringify(answer.body)).toContain(answer.status);
      expect(await countRows()).toEqual(before);
    },
  );

  it.each(doorsOf((need) => need === 'list'))('%s shows nothing to who may see nothing', async (door) => {
    const { status, body } = await call(door, nobody.key);
    expect(status).toBe(200);
    expect(Object.values(body).filter((value) => Array.isArray(value) && value.length > 0)).toEqual([]);
  });

  const everything = standardRights.employee;
  const without = (verb: RightVerb): Grants => grants.parse({ ...everything.clients, [verb]: 'none' });
  const verbs: RightVerb[] = ['add', 'change', 'delete', 'export'];

  it.each(verbs)('that needs the right to %s items says so to who has all others', async (verb) => {
    const but = await withRights({ ...everything, items: { all: without(verb), types: {}, pipelines: {} } });
    for (const door of doorsOf((need) => need === `item ${verb}`)) {
      const before = await countRows();
      const answer = await call(door, but.key);
      // A delivery that is not there, a lead that is none: what is named is looked at first.
      const isElse = answer.status === 404 && door.includes('/deliveries/');
      if (!isElse) expect(answer, door).toMatchObject({ status: 403, body: { code: `no-${nounOf(door)}-${verb}` } });
      expect(await countRows()).toEqual(before);
    }
  });

  it.each(verbs.filter((verb) => verb !== 'delete'))(
    'that needs the right to %s clients says so to who has all others',
    async (verb) => {
      const but = await withRights({ ...everything, clients: without(verb) });
      for (const door of doorsOf((need) => need === `client ${verb}`))
        expect(await call(door, but.key), door).toMatchObject({ status: 403, body: { code: `no-client-${verb}` } });
    },
  );

  it('that needs an area says which one is missing', async () => {
    const worker = await withRights({
      ...everything,
      items: { ...everything.items, all: { ...everything.items.all, change: 'own' } },
      areas: noRights.areas,
    });
    for (const [door, need] of Object.entries(needs)) {
      const [kind, area] = need.split(' ');
      if (kind !== 'area') continue;
      expect(await call(door, worker.key), door).toMatchObject({ status: 403, body: { code: `no-${area}` } });
    }
  });
});
