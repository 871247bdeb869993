import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '../platform/db.ts';
import { announce } from '../platform/realtime.ts';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let base: string;
let dealId: number;

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  const hook = await server.call('POST', `/api/v1/users/${firm.adminId}/keys`, {
    key: firm.key,
    body: { kind: 'webhook' },
  });
  base = `/rest/${firm.adminId}/${hook.body.key}`;
  dealId = (await server.call('POST', '/api/v1/items', { key: firm.key, body: { type: 'deal', title: 'Bread' } })).body
    .id;
});
afterAll(() => server.close());

const signals = () =>
  server.context.databases.system
    .selectFrom('signals')
    .select(['kind', 'item_ids', 'payload'])
    .orderBy('id', 'desc')
    .execute();

describe('crm.automation.trigger', () => {
  it('records webhook.called, by query, form, multipart and JSON, in any case', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const multipart = { 'content-type': 'multipart/form-data; boundary=X' };
    const part = (name: string, value: string) =>
      `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const answers = [
      await server.call('GET', `${base}/crm.automation.trigger?target=DEAL_${dealId}&code=go`),
      await server.call('POST', `${base}/CRM.Automation.Trigger.json`, {
        headers: form,
        body: `TARGET=DEAL_${dealId}&Code=go`,
      }),
      await server.call('POST', `${base}/crm.automation.trigger`, {
        headers: multipart,
        body: `${part('target', `DEAL_${dealId}`)}${part('code', 'go')}--X--\r\n`,
      }),
      await server.call('POST', `${base}/crm.automation.trigger`, {
        body: { target: `DEAL_${dealId}`, code: 'go', order: { number: 7 } },
      }),
      await server.call(
        'GET',
        `/rest/${firm.adminId}/${firm.key}/crm.automation.trigger?target=deal_${dealId}&code=go`,
      ),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 200,
        body: {
          result: true,
          time: { start: expect.any(Number), operating: 0, date_start: expect.stringMatching(/T.*\+00:00$/) },
        },
      });
    }
    const recorded = await signals();
    expect(recorded).toHaveLength(5);
    expect(recorded[1]).toMatchObject({
      kind: 'webhook.called',
      item_ids: [dealId],
      payload: { code: 'go', data: { order: { number: 7 } } },
    });
  });
  it('takes the address as Bitrix24 writes it, with a slash before the question mark', async () => {
    const before = (await signals()).length;
    for (const [method, way] of [
      ['GET', `crm.automation.trigger/?target=DEAL_${dealId}&code=go`],
      ['POST', `crm.automation.trigger/?target=DEAL_${dealId}&code=go`],
      ['GET', `crm.automation.trigger.json/?target=DEAL_${dealId}&code=go`],
      ['GET', `CRM.AUTOMATION.TRIGGER/?code=go&target=deal_${dealId}`],
    ] as const)
      expect(await server.call(method, `${base}/${way}`)).toMatchObject({ status: 200, body: { result: true } });
    expect(await signals()).toHaveLength(before + 4);
    expect((await server.call('GET', `/rest/${firm.adminId}/wrong/profile/`)).status).toBe(403);
  });

  it('does nothing for HEAD and for those who only look', async () => {
    const before = (await signals()).length;
    const url = `${base}/crm.automation.trigger?target=DEAL_${dealId}&code=go`;
    const agents = ['Slackbot-LinkExpanding 1.0', 'WhatsApp/2.23.20.0 A', 'TelegramBot (like TwitterBot)'];
    for (const way of [url, url.replace('?', '/?')]) {
      expect((await server.app.inject({ method: 'HEAD', url: way })).statusCode).toBe(200);
      for (const agent of agents) {
        const answer = await server.app.inject({ method: 'GET', url: way, headers: { 'user-agent': agent } });
        expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      }
      const prefetch = { 'user-agent': 'Mozilla/5.0 Chrome/120', 'sec-purpose': 'prefetch' };
      expect((await server.app.inject({ method: 'GET', url: way, headers: prefetch })).body).toContain('<html');
    }
    expect(await signals()).toHaveLength(before);
    const posted = await server.app.inject({
      method: 'POST',
      url,
      headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' },
    });
    expect([posted.statusCode, (await signals()).length]).toEqual([200, before + 1]);
  });

  it('refuses in the words of the reference', async () => {
    const refusal = async (query: string) => (await server.call('GET', `${base}/crm.automation.trigger?${query}`)).body;
    expect(await refusal('code=go')).toEqual({ error: '', error_description: 'Target is not set.' });
    expect(await refusal('target=SHIP_1&code=go')).toEqual({
      error: '',
      error_description: 'Incorrect target format.',
    });
    expect(await refusal('target=DEAL_999999&code=go')).toEqual({
      error: '',
      error_description: 'Target is not found.',
    });
    expect(await refusal(`target=LEAD_${dealId}&code=go`)).toEqual({
      error: '',
      error_description: 'Target is not found.',
    });
    const rival = await server.addWorkspace('Rival');
    const foreign = await server.call(
      'GET',
      `/rest/${rival.adminId}/${rival.key}/crm.automation.trigger?target=DEAL_${dealId}&code=go`,
    );
    expect(foreign.body).toMatchObject({ error_description: 'Target is not found.' });
  });
  it('refuses wrong secrets, wrong users, unknown methods and broken JSON', async () => {
    expect(await server.call('GET', `/rest/${firm.adminId}/wrong/profile`)).toMatchObject({
      status: 403,
      body: { error: 'INVALID_CREDENTIALS' },
    });
    expect((await server.call('GET', `${base.replace(`/${firm.adminId}/`, '/999999/')}/profile`)).status).toBe(403);
    expect(await server.call('GET', '/rest/profile')).toMatchObject({ status: 401, body: { error: 'NO_AUTH_FOUND' } });
    expect(await server.call('GET', `${base}/crm.nothing`)).toMatchObject({
      status: 404,
      body: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
    });
    const broken = await server.call('POST', `${base}/profile`, {
      headers: { 'content-type': 'application/json' },
      body: '{"a":',
    });
    expect(broken).toMatchObject({
      status: 400,
      body: { error: expect.any(String), error_description: expect.any(String) },
    });
  });
  it('tells who calls, and the methods it has', async () => {
    expect((await server.call('GET', `${base}/profile`)).body.result).toMatchObject({
      ID: String(firm.adminId),
      ADMIN: true,
    });
    expect((await server.call('GET', `${base}/user.current`)).body.result).toMatchObject({
      ID: String(firm.adminId),
      ACTIVE: true,
      EMAIL: expect.stringContaining('@'),
    });
    expect((await server.call('GET', `${base}/methods`)).body.result).toContain('crm.automation.trigger');
    expect((await server.call('GET', `${base}/scope`)).body.result).toContain('crm');
    expect((await server.call('GET', `${base}/server.time`)).body.result).toMatch(/\+00:00$/);
  });
  it('runs batches whose later commands use earlier results', async () => {
    const cmd = {
      who: 'user.current',
      go: `crm.automation.trigger?target=DEAL_${dealId}&code=$result[who][ID]`,
      bad: 'crm.nothing',
      nested: 'batch',
    };
    const { result } = (await server.call('POST', `${base}/batch`, { body: { cmd, halt: 0 } })).body;
    expect(result.result).toMatchObject({ who: { ID: String(firm.adminId) }, go: true });
    expect(result.result_error).toMatchObject({
      bad: { error: 'ERROR_METHOD_NOT_FOUND' },
      nested: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED' },
    });
    expect(result).toMatchObject({ result_total: [], result_next: [] });
    expect((await signals())[0]).toMatchObject({ payload: { code: String(firm.adminId) } });
    const query = `cmd[0]=crm.nothing&cmd[1]=profile&halt=1`;
    const halted = (await server.call('GET', `${base}/batch?${query}`)).body.result;
    expect(halted).toMatchObject({ result: [], result_error: [{ error: 'ERROR_METHOD_NOT_FOUND' }] });
    const many = (
      await server.call('POST', `${base}/batch`, { body: { cmd: Array.from({ length: 51 }, () => 'server.time') } })
    ).body.result;
    expect(many.result).toHaveLength(50);
    expect(many.result_error).toMatchObject({ 50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED' } });
  });
});

describe('what programs and browsers find', () => {
  it('an OpenAPI description of every route whose references all lead somewhere', async () => {
    const { body } = await server.call('GET', '/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/v1/items', '/api/v1/items/{id}/moves', '/healthz']),
    );
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      (found) => found[1] ?? '',
    );
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((name) => !Object.hasOwn(body.components.schemas, name))).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('#/$defs');
    expect(body['x-signal-kinds']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'email.opened', external: true }),
        expect.objectContaining({ kind: 'item.changed', external: false }),
      ]),
    );
    expect(body.components.schemas['SignalPayload.webhook.called']).toMatchObject({
      'x-external': true,
      required: ['code'],
    });
  });
  it('a page of documentation that needs nothing from elsewhere, and safe headers', async () => {
    const page = await server.call('GET', '/api/docs');
    expect(page).toMatchObject({
      status: 200,
      headers: { 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' },
    });
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.body).not.toMatch(/https?:\/\//);
    expect((await server.call('GET', '/api/docs/page.js')).headers['content-type']).toContain('javascript');
  });
  it('health and metrics', async () => {
    expect(await server.call('GET', '/healthz')).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        database: 'ok',
        backlog: { signals: expect.any(Number), oldestSeconds: expect.any(Number), runsDue: 0, deliveriesDue: 0 },
      },
    });
    expect((await server.call('GET', '/metrics')).body).toMatch(/signalbox_backlog\{of="signals"\} \d+/);
  });
  it('metrics for this machine alone, or for who has the token', async () => {
    const measure = async (one: TestServer, headers: Record<string, string>) =>
      (await one.call('GET', '/metrics', { headers })).status;
    expect(await measure(server, { 'x-forwarded-for': '203.0.113.9' })).toBe(401);
    const closed = await startTestServer({ METRICS_TOKEN: 'a-token-for-prometheus' });
    expect(await measure(closed, {})).toBe(401);
    expect(await measure(closed, { authorization: 'Bearer a-token-for-somebody' })).toBe(401);
    const right = { authorization: 'Bearer a-token-for-prometheus', 'x-forwarded-for': '203.0.113.9' };
    expect(await measure(closed, right)).toBe(200);
    await closed.close();
  });
  it('what it answers about people is kept in no cache', async () => {
    for (const url of [
      '/api/v1/me',
      '/api/v1/contacts',
      '/api/v1/contacts.csv',
      '/api/v1/nothing',
      '/rest/1/x/profile',
    ])
      expect((await server.call('GET', url, { key: firm.key })).headers['cache-control'], url).toBe('no-store');
  });
});

describe('the event stream', () => {
  it("brings the workspace's events and one's own notifications, nobody else's", async () => {
    const rival = await server.addWorkspace('Other');
    const address = await server.app.listen({ port: 0, host: '127.0.0.1' });
    const ending = new AbortController();
    const response = await fetch(`${address}/api/v1/stream`, {
      headers: { authorization: `Bearer ${firm.key}` },
      signal: ending.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    const tell = (workspaceId: number, id: number, employeeId?: number) =>
      inWorkspace(server.context.databases.app, workspaceId, async (tx) =>
        announce(tx, { topic: 'notifications', kind: 'created', notification: id, employeeId }),
      );
    await tell(rival.id, 1);
    await tell(firm.id, 2, firm.adminId + 1_000);
    await tell(firm.id, 3, firm.adminId);
    await tell(firm.id, 4);
    let text = '';
    while (!text.includes('"id":4')) text += (await reader?.read())?.value ?? '';
    ending.abort();
    const events = [...text.matchAll(/^data: (.*)$/gm)].map((found) => JSON.parse(found[1] ?? ''));
    expect(events).toEqual([
      { topic: 'notifications', kind: 'created', id: 3 },
      { topic: 'notifications', kind: 'created', id: 4 },
    ]);
  });
  it('is closed to strangers', async () => {
    expect((await server.call('GET', '/api/v1/stream')).status).toBe(401);
  });
});
