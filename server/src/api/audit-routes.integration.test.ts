import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRoutes } from '../compose/routes.ts';
import { noRights } from '../people/rights/standard-roles.ts';
import { createRecorder } from '../signals/recorder.ts';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

/** Protected routes that change something and leave no row in the audit log, and why. */
const unaudited: Readonly<Record<string, string>> = {
  'POST /api/v1/session/confirm': 'says that one is still oneself; wrong passwords are counted as at the door',
  'POST /api/v1/session/second/passkey': 'writes nothing',
  'POST /api/v1/me/totp': 'counts for nothing until a code of it was given',
  'POST /api/v1/me/passkeys/options': 'writes nothing',
  'PATCH /api/v1/me/passkeys/{passkey}': "what one calls one's own passkey",
  'PATCH /api/v1/me': "one's own name, language and preferences",
  'POST /api/v1/me/workday': 'the working days hold it themselves',
  'POST /api/v1/absences': 'the absences hold who added them',
  'DELETE /api/v1/absences/{id}': 'plans of work, nothing that can be misused',
  'POST /api/v1/channels/{id}/test': 'writes nothing',
  'POST /api/v1/notifications/{id}/read': "one's own bell",
  'POST /api/v1/notifications/read-all': "one's own bell",
  'POST /api/v1/files': 'the file holds who uploaded it and when',
  'POST /api/v1/automation/check': 'writes nothing',
  'POST /api/v1/automation/{type}/{pipeline}/rehearse': 'writes nothing',
  'POST /api/v1/automation/{type}/{pipeline}/test': 'writes nothing',
  'POST /api/v1/automation/secrets': 'counts for nothing until a board with it is saved; it holds who gave it and when',
  'POST /api/v1/templates/preview': 'writes nothing',
  'POST /api/v1/imports/{id}/preview': 'writes nothing',
  'POST /api/v1/signals/{id}/retry': 'decides once more on what is recorded; the decision is kept',
  'POST /api/v1/signals': 'the signal is the record',
  'POST /api/v1/items': 'the timeline and the history of the item hold it',
  'PATCH /api/v1/items/{id}': 'the timeline and the history of the item hold it',
  'POST /api/v1/items/{id}/moves': 'the timeline of the item holds it',
  'POST /api/v1/items/{id}/comments': 'the timeline of the item holds it',
  'POST /api/v1/items/{id}/emails': 'the timeline of the item holds it',
  'POST /api/v1/items/{id}/convert': 'the timeline of the lead holds it',
  'POST /api/v1/items/{id}/automation/stop': 'the runs of the item hold it',
  'POST /api/v1/runs/{id}/run-now': 'the run holds it',
  'POST /api/v1/runs/{id}/cancel': 'the run holds it',
  'POST /api/v1/runs/{id}/retry': 'the run holds it',
  'POST /api/v1/runs/{id}/undo': 'the run, the history and the timeline of the item hold it',
  'POST /api/v1/items/{id}/automation/undo': 'the runs, the history and the timeline of the item hold it',
  'POST /api/v1/planned/change': 'the runs and the timelines of their items hold it',
  'POST /api/v1/deliveries/{id}/retry': 'the delivery holds its tries',
  'POST /api/v1/tasks': 'the history of the task holds it',
  'POST /api/v1/tasks/change': 'the histories of the tasks hold it',
  'PATCH /api/v1/tasks/{id}': 'the history of the task holds it',
  'POST /api/v1/tasks/{id}/comments': 'the comment holds who said it and when',
  'POST /api/v1/calls': 'the call is the record',
  'POST /api/v1/sandbox/calls/{id}/client': 'a play of the sandbox, which the call holds',
  'POST /api/v1/calls/dial': 'the call is the record',
  'POST /api/v1/calls/{id}/rebind': 'the timelines of its items hold it',
  'POST /api/v1/calls/{id}/recording': 'the recording is a file, which holds who uploaded it and when',
  'PATCH /api/v1/calls/{id}': 'the call holds who took it and what was noted',
  'POST /api/v1/emails/{id}/rebind': 'the timelines of both items hold it',
  'POST /api/v1/emails/{id}/forwarded': 'the e-mail holds who said whose it is',
  'POST /api/v1/emails/{id}/held': 'the e-mail holds who said what of it',
  'DELETE /api/v1/trusted-senders/{id}': 'a sender of mail, who may be trusted anew',
  'POST /api/v1/contacts': 'the history of the client holds it',
  'POST /api/v1/companies': 'the history of the client holds it',
  'PATCH /api/v1/contacts/{id}': 'the history of the client holds it',
  'PATCH /api/v1/companies/{id}': 'the history of the client holds it',
};

interface Step {
  readonly door: string;
  readonly kind: string;
  readonly url?: () => string;
  readonly body?: () => unknown;
  readonly headers?: Record<string, string>;
  readonly keep?: string;
  readonly prepare?: () => Promise<unknown>;
}

const made: Record<string, number> = {};
const at = (text: string) => () => text.replace(/\{(\w+)\}/g, (_, name: string) => String(made[name]));
const always =
  <T>(value: T) =>
  () =>
    value;
const columns = [{ column: 0, to: 'name' }];
const csv = { 'content-type': 'text/csv' };
const board = (...stages: string[]) => ({
  ...{ type: 'deal', pipeline: 'Audited', stages: stages.map((code) => ({ code, name: code })) },
  rules: [{ id: 'r1', do: 'alerts/comment', stage: 'NEW', settings: { text: 'hello' } }],
});

/** In this order: what is made is changed and deleted by those below. The others of `kind` come with the first. */
const steps: readonly Step[] = [
  { door: 'POST /api/v1/roles', kind: 'role-made', body: always({ name: 'Role', rights: noRights }), keep: 'role' },
  {
    door: 'PATCH /api/v1/roles/{id}',
    kind: 'role-changed',
    url: at('/api/v1/roles/{role}'),
    body: always({ name: 'R' }),
  },
  { door: 'DELETE /api/v1/roles/{id}', kind: 'role-deleted', url: at('/api/v1/roles/{role}') },
  {
    door: 'POST /api/v1/users',
    kind: 'person-added',
    body: always({ email: 'p@x.test', name: 'Piotr' }),
    keep: 'user',
  },
  {
    door: 'PATCH /api/v1/users/{id}',
    kind: 'roles-given',
    url: at('/api/v1/users/{user}'),
    body: always({ roles: ['sales'] }),
  },
  {
    ...{ door: 'POST /api/v1/invitations', kind: 'person-invited', keep: 'invited' },
    body: always({ email: 'i@x.test', name: 'Ina' }),
  },
  {
    door: 'POST /api/v1/users/{id}/hand-over',
    kind: 'work-handed-over',
    url: at('/api/v1/users/{user}/hand-over'),
    body: () => ({ to: made.invited }),
  },
  { door: 'POST /api/v1/departments', kind: 'department-added', body: always({ name: 'Sales' }), keep: 'department' },
  {
    ...{
      door: 'PATCH /api/v1/departments/{id}',
      kind: 'department-changed',
      url: at('/api/v1/departments/{department}'),
    },
    body: () => ({ head: made.user }),
  },
  {
    door: 'POST /api/v1/users/{id}/keys',
    kind: 'key-made',
    url: at('/api/v1/users/{user}/keys'),
    body: always({ name: 'n8n' }),
    keep: 'key',
  },
  { door: 'DELETE /api/v1/users/{id}/keys/{key}', kind: 'key-revoked', url: at('/api/v1/users/{user}/keys/{key}') },
  {
    ...{ door: 'POST /api/v1/channels', kind: 'channel-made', keep: 'channel' },
    body: always({ kind: 'mailbox', provider: 'sandbox', name: 'Box', settings: { address: 'box@sandbox.test' } }),
  },
  {
    door: 'PATCH /api/v1/channels/{id}',
    kind: 'channel-changed',
    url: at('/api/v1/channels/{channel}'),
    body: always({ enabled: false }),
  },
  { door: 'DELETE /api/v1/channels/{id}', kind: 'channel-deleted', url: at('/api/v1/channels/{channel}') },
  { door: 'POST /api/v1/mail-domains', kind: 'mail-domain-asked', body: always({ domain: 'firm.example' }) },
  {
    ...{ door: 'DELETE /api/v1/mail-domains/{domain}', kind: 'mail-domain-released' },
    url: always('/api/v1/mail-domains/firm.example'),
  },
  {
    ...{ door: 'PUT /api/v1/currencies', kind: 'rates-changed' },
    body: always({ rates: { USD: 4.02 } }),
  },
  {
    ...{ door: 'PUT /api/v1/calendar', kind: 'calendar-changed' },
    body: always({
      week: { mon: [{ from: '09:00', to: '12:00' }], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
      country: 'PL',
      daysOff: [],
      daysOn: [],
    }),
  },
  {
    door: 'POST /api/v1/item-types',
    kind: 'item-type-made',
    body: always({ name: 'Repair', plural: 'Repairs', code: 'repair' }),
  },
  {
    door: 'PATCH /api/v1/item-types/{code}',
    kind: 'item-type-changed',
    url: always('/api/v1/item-types/repair'),
    body: always({ name: 'Mending' }),
  },
  {
    door: 'POST /api/v1/fields',
    kind: 'field-made',
    body: always({ type: 'repair', code: 'part', name: 'Part', kind: 'text' }),
  },
  {
    door: 'PATCH /api/v1/fields/{type}/{code}',
    kind: 'field-changed',
    url: always('/api/v1/fields/repair/part'),
    body: always({ name: 'Spare' }),
  },
  {
    door: 'PUT /api/v1/fields/{type}/order',
    kind: 'fields-ordered',
    url: always('/api/v1/fields/repair/order'),
    body: always({ codes: ['part'] }),
  },
  { door: 'DELETE /api/v1/fields/{type}/{code}', kind: 'field-deleted', url: always('/api/v1/fields/repair/part') },
  { door: 'DELETE /api/v1/item-types/{code}', kind: 'item-type-deleted', url: always('/api/v1/item-types/repair') },
  {
    door: 'POST /api/v1/pipelines',
    kind: 'pipeline-made',
    body: always({ type: 'deal', name: 'Audited', from: 'empty' }),
    keep: 'pipeline',
  },
  {
    door: 'PATCH /api/v1/pipelines/{id}',
    kind: 'pipeline-changed',
    url: at('/api/v1/pipelines/{pipeline}'),
    body: always({ place: 0 }),
  },
  {
    ...{ door: 'PUT /api/v1/automation/{type}/{pipeline}', kind: 'automation-saved' },
    ...{ url: always('/api/v1/automation/deal/Audited'), body: () => board('NEW', 'WARM') },
  },
  {
    ...{
      door: 'PUT /api/v1/pipelines/{id}/stages',
      kind: 'automation-saved',
      url: at('/api/v1/pipelines/{pipeline}/stages'),
    },
    body: always({ stages: ['NEW', 'WARM', 'HOT'].map((code) => ({ code, name: code, kind: 'open' })) }),
  },
  {
    ...{ door: 'POST /api/v1/automation/{type}/{pipeline}/versions/{version}/restore', kind: 'automation-saved' },
    url: always('/api/v1/automation/deal/Audited/versions/1/restore'),
  },
  {
    ...{ door: 'POST /api/v1/automation/{type}/{pipeline}/rules/{id}/run', kind: 'rule-run' },
    ...{ url: always('/api/v1/automation/deal/Audited/rules/late/run'), body: always({}) },
    // A rule that came after the item did.
    prepare: async () => {
      made.item = (
        await send('POST', '/api/v1/items', { type: 'deal', title: 'Gone', pipeline: made.pipeline })
      ).body.id;
      const late = { id: 'late', do: 'alerts/comment', stage: 'NEW', settings: { text: 'late' } };
      await send('PUT', '/api/v1/automation/deal/Audited', { ...board('NEW', 'WARM'), rules: [late] });
    },
  },
  { door: 'DELETE /api/v1/items/{id}', kind: 'item-deleted', url: at('/api/v1/items/{item}') },
  { door: 'DELETE /api/v1/pipelines/{id}', kind: 'pipeline-deleted', url: at('/api/v1/pipelines/{pipeline}') },
  {
    door: 'DELETE /api/v1/calls/{id}/recording',
    kind: 'file-deleted',
    url: at('/api/v1/calls/{call}/recording'),
    prepare: async () => {
      const line = (await send('GET', '/api/v1/channels?kind=phone-line')).body.data[0].id;
      made.call = (await send('POST', '/api/v1/calls', { line, direction: 'incoming', number: '112' })).body.id;
      const bytes = { 'content-type': 'application/octet-stream' };
      await send('POST', `/api/v1/calls/${made.call}/recording`, 'ID3 a recording', bytes);
    },
  },
  {
    ...{ door: 'DELETE /api/v1/tasks/{id}', kind: 'task-deleted', url: at('/api/v1/tasks/{task}') },
    prepare: async () => {
      made.task = (await send('POST', '/api/v1/tasks', { title: 'Gone' })).body.id;
    },
  },
  {
    ...{ door: 'POST /api/v1/tasks/delete', kind: 'task-deleted', body: () => ({ ids: [made.task] }) },
    prepare: async () => {
      made.task = (await send('POST', '/api/v1/tasks', { title: 'Gone' })).body.id;
    },
  },
  {
    ...{ door: 'DELETE /api/v1/files/{id}', kind: 'file-deleted', url: at('/api/v1/files/{file}') },
    prepare: async () => {
      const bytes = { 'content-type': 'application/octet-stream' };
      made.file = (await send('POST', '/api/v1/files?name=a.txt', 'bytes', bytes)).body.id;
    },
  },
  {
    ...{ door: 'POST /api/v1/imports', kind: 'import-uploaded', url: always('/api/v1/imports?target=contact') },
    ...{ body: always('name\r\nAda\r\n'), headers: csv, keep: 'import' },
  },
  {
    ...{ door: 'POST /api/v1/imports/{id}/start', kind: 'import-started', url: at('/api/v1/imports/{import}/start') },
    body: always({ columns, runRules: false }),
  },
  { door: 'POST /api/v1/imports/{id}/cancel', kind: 'import-cancelled', url: at('/api/v1/imports/{import}/cancel') },
  {
    door: 'GET /api/v1/imports/{id}/rows.csv',
    kind: 'import-rows-exported',
    url: at('/api/v1/imports/{import}/rows.csv'),
  },
  { door: 'GET /api/v1/items.csv', kind: 'items-exported' },
  { door: 'GET /api/v1/contacts.csv', kind: 'contacts-exported' },
  { door: 'GET /api/v1/companies.csv', kind: 'companies-exported' },
  { door: 'GET /api/v1/audit.csv', kind: 'audit-exported' },
];

/** Without a row, whatever is below: rooms to try things in, and what other systems report, which is recorded as signals. */
const aside = ['/api/v1/sandbox/', '/rest/', '/hooks/'];

/**
 * Asked for elsewhere, since it takes more than a call, or a session: outbox/paused-channel, people/see-as.hostile, own-account.hostile,
 * second-factor.hostile, mail-domains.hostile.
 */
const elsewhere = [
  'POST /api/v1/mail-domains/{domain}/check',
  ...['POST /api/v1/channels/{id}/resume', 'POST /api/v1/session/see-as'],
  ...['POST /api/v1/me/password', 'DELETE /api/v1/me/sessions', 'DELETE /api/v1/me/sessions/{session}'],
  ...['POST /api/v1/session/second', 'POST /api/v1/me/totp/confirm', 'DELETE /api/v1/me/totp'],
  ...['POST /api/v1/me/passkeys', 'DELETE /api/v1/me/passkeys/{passkey}', 'POST /api/v1/me/recovery-codes'],
  'DELETE /api/v1/users/{id}/factors',
];

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;
beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
});
afterAll(() => server.close());

async function send(method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, headers?: Record<string, string>) {
  const answer = await server.call(method, url, { key: firm.key, body, ...(headers && { headers }) });
  expect(answer.status, `${url} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer;
}

const log = async (key: string) => (await server.call('GET', '/api/v1/audit?limit=1000', { key })).body.data;

describe('every protected route that changes something', () => {
  it('leaves a row in the audit log, or stands here with its reason', async () => {
    const { paths } = (await server.call('GET', '/api/openapi.json')).body;
    const doors = Object.entries<Record<string, { security?: unknown[] }>>(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { security }]) =>
        method === 'get' || security?.length === 0 ? [] : [`${method.toUpperCase()} ${path}`],
      ),
    );
    const known = [...Object.keys(unaudited), ...steps.map(({ door }) => door), ...elsewhere];
    expect(doors.filter((door) => !known.includes(door) && !aside.some((path) => door.includes(path)))).toEqual([]);
    expect(known.filter((door) => !doors.includes(door) && !door.startsWith('GET'))).toEqual([]);
  });

  it.each(steps)('$door leaves the row $kind, by whoever called, in their workspace alone', async (step) => {
    await step.prepare?.();
    const before = await log(firm.key);
    const [method = '', path = ''] = step.door.split(' ');
    const answer = await server.call(methodOf(method), step.url?.() ?? path, {
      ...{ key: firm.key, ...(step.body && { body: step.body() }), ...(step.headers && { headers: step.headers }) },
    });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    if (step.keep !== undefined) made[step.keep] = answer.body.id;

    const after = await log(firm.key);
    const rows = after.slice(0, after.length - before.length);
    expect(rows.map(({ kind }: { kind: string }) => kind)).toContain(step.kind);
    for (const row of rows) {
      const who = { via: 'key', person: { id: firm.adminId }, name: 'test', addresses: ['127.0.0.1'] };
      expect(row).toMatchObject({ by: who, times: 1 });
      expect(JSON.stringify(row)).not.toContain(firm.key);
    }
    expect(await log(rival.key)).toEqual([]);
  });

  it.each(steps.filter(({ door }) => !door.startsWith('GET')))(
    '$door leaves no such row when it is refused',
    async ({ door }) => {
      const before = (await log(firm.key)).length;
      const [method = '', path = ''] = door.split(' ');
      const url = path.replaceAll(/\{\w+\}/g, '999999');
      const answer = await server.call(methodOf(method), url, {
        key: firm.key,
        ...(method === 'DELETE' ? {} : { body: {} }),
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await log(firm.key)).toHaveLength(before);
    },
  );
});

function methodOf(text: string): 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  const found = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find((one) => one === text);
  if (found === undefined) throw new Error(`no method ${text}`);
  return found;
}
