import { AsyncLocalStorage } from 'node:async_hooks';
import type { QuotaName } from '@signalbox/contract/quotas.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { importBatch } from '../../automation/imports/import-batch.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { createRecorder } from '../../signals/recorder.ts';
import { doDueTasks } from '../../tasks/do-due.ts';
import { inWorkspace } from '../db.ts';
import { checkQuota, setOwnAmount } from './check-quota.ts';

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

/** Where no transaction is open. */
const outside = AsyncLocalStorage.snapshot();

const inFirm = <T>(work: Parameters<typeof inWorkspace<T>>[2]) =>
  inWorkspace(server.context.databases.app, firm.id, work);
const allow = (name: QuotaName, amount: number | null) => inFirm((tx) => setOwnAmount(tx, name, amount));
const makeDeal = (key = firm.key) =>
  server.call('POST', '/api/v1/items', { key, body: { type: 'deal', title: 'One more' } });
const upload = (bytes: number, key = firm.key) =>
  server.app.inject({
    ...{ method: 'POST', url: '/api/v1/files?name=a.bin', payload: Buffer.alloc(bytes, 1) },
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
  });
const shown = async (name: QuotaName) => {
  const { body } = await server.call('GET', '/api/v1/quotas', { key: firm.key });
  return body.data.find((one: { name: string }) => one.name === name);
};
const refusal = (name: QuotaName, status: number) => ({
  status,
  body: { code: 'quota', errors: [{ path: '', code: `quota-${name}` }] },
});

describe('items', () => {
  it('are made up to the number, however many ask at once, and again when one is deleted', async () => {
    const { used } = await shown('items');
    await allow('items', used + 5);
    const answers = await Promise.all(Array.from({ length: 20 }, () => makeDeal()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(15);
    expect(await makeDeal()).toMatchObject(refusal('items', 409));
    expect(await shown('items')).toMatchObject({ limit: used + 5, used: used + 5, by: null });
    // Another workspace is none the worse.
    expect((await makeDeal(rival.key)).status).toBe(201);

    const last = answers.find(({ status }) => status === 201)?.body.id;
    expect((await server.call('DELETE', `/api/v1/items/${last}`, { key: firm.key })).status).toBe(204);
    expect((await makeDeal()).status).toBe(201);
    await allow('items', null);
    expect((await makeDeal()).status).toBe(201);
  });

  it('of an import that do not fit are refused row by row, and those before them are in', async () => {
    const { used } = await shown('items');
    await allow('items', used + 2);
    const table = 'Title,Client\na,A\nb,B\nc,C\nc,C\n';
    const headers = { authorization: `Bearer ${firm.key}`, 'content-type': 'text/csv' };
    const draft = await server.app.inject({
      ...{ method: 'POST', url: '/api/v1/imports?target=deal', payload: table, headers },
    });
    const importId = draft.json().id;
    const columns = [
      { column: 0, to: 'title' },
      { column: 1, to: 'contact.name' },
    ];
    const settings = { columns, runRules: false, duplicates: 'skip' };
    const started = await server.call('POST', `/api/v1/imports/${importId}/start`, { key: firm.key, body: settings });
    expect(started.status).toBe(200);
    await importBatch(server.context, { workspaceId: firm.id, importId, nextInMs: 0 });
    const { body } = await server.call('GET', `/api/v1/imports/${importId}`, { key: firm.key });
    expect(body).toMatchObject({ state: 'done', results: { created: 2, refused: 2 }, reasons: { quota: 2 } });
    expect((await shown('items')).used).toBe(used + 2);
    await allow('items', null);
  });
});

describe('files', () => {
  it('are taken up to the bytes of all and of one person, by what is really sent, and nothing of a refused one stays', async () => {
    await allow('file-bytes', 3_000);
    const anna = await firm.addPerson('anna@firm.test');
    expect((await upload(2_000)).statusCode).toBe(201);
    expect({ status: (await upload(1_001)).statusCode, body: (await upload(1_001)).json() }).toMatchObject(
      refusal('file-bytes', 409),
    );
    expect((await upload(1_000, anna.key)).statusCode).toBe(201);
    await allow('file-bytes', null);
    await allow('file-bytes-of-person', 1_500);
    const hers = await upload(501, anna.key);
    expect({ status: hers.statusCode, body: hers.json() }).toMatchObject(refusal('file-bytes-of-person', 409));
    expect((await upload(500, anna.key)).statusCode).toBe(201);
    expect(await shown('file-bytes-of-person')).toMatchObject({ used: 2_000, by: { id: firm.adminId } });
    await allow('file-bytes-of-person', null);
    const rows = await inFirm((tx) => tx.selectFrom('files').select('size').orderBy('id').execute());
    expect(rows.map(({ size }) => size)).toEqual([2_000, 1_000, 500]);
  });

  it('are as many as there may be, of all and of one person, also when they come at once', async () => {
    const ben = await firm.addPerson('ben@firm.test');
    await allow('files-of-person', 2);
    const codes = (await Promise.all([1, 2, 3, 4].map(() => upload(1, ben.key)))).map(({ statusCode }) => statusCode);
    expect(codes.toSorted()).toEqual([201, 201, 409, 409]);
    await allow('files-of-person', null);
    await allow('files', (await shown('files')).used);
    const refused = await upload(1, ben.key);
    expect({ status: refused.statusCode, body: refused.json() }).toMatchObject(refusal('files', 409));
    await allow('files', null);
  });
});

it('tasks are made up to the number, however many ask at once; what repeats goes on', async () => {
  const { used } = await shown('tasks');
  await allow('tasks', used + 3);
  const make = (key = firm.key) => server.call('POST', '/api/v1/tasks', { key, body: { title: 'One more' } });
  const answers = await Promise.all(Array.from({ length: 10 }, () => make()));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(await make()).toMatchObject(refusal('tasks', 409));
  expect(await shown('tasks')).toMatchObject({ limit: used + 3, used: used + 3, by: null });
  expect((await make(rival.key)).status).toBe(201);
  const last = answers.find(({ status }) => status === 201)?.body.id;
  const repeat = { every: 'day', at: '09:00' };
  await server.call('PATCH', `/api/v1/tasks/${last}`, { key: firm.key, body: { repeat } });
  server.clock.advance(2 * 86_400_000);
  await doDueTasks(server.context);
  expect(await shown('tasks')).toMatchObject({ used: used + 4 });
  await allow('tasks', null);
  expect((await make()).status).toBe(201);
});

it('rows of imports: a table of more than there is room for in a day is not even kept', async () => {
  const { used } = await shown('import-rows');
  await allow('import-rows', used + 3);
  const send = (payload: string) =>
    server.app.inject({
      ...{ method: 'POST', url: '/api/v1/imports?target=contact', payload },
      headers: { authorization: `Bearer ${firm.key}`, 'content-type': 'text/csv' },
    });
  expect((await send('Name\na\nb\n')).statusCode).toBe(201);
  const refused = await send('Name\na\nb\n');
  expect({ status: refused.statusCode, body: refused.json() }).toMatchObject(refusal('import-rows', 429));
  expect((await send('Name\na\n')).statusCode).toBe(201);
  server.clock.advance(24 * 3_600_000 + 1);
  expect((await send('Name\na\nb\nc\n')).statusCode).toBe(201);
  await allow('import-rows', null);
});

describe('e-mails of a day', () => {
  const write = (item: number, key = firm.key) =>
    server.call('POST', `/api/v1/items/${item}/emails`, {
      key,
      body: { subject: 'x', text: 'x', to: ['c@client.test'] },
    });

  it('are as many as the workspace and the person may send, and more the day after', async () => {
    const { id: item } = (await makeDeal()).body;
    await allow('emails', (await shown('emails')).used + 2);
    expect([(await write(item)).status, (await write(item)).status]).toEqual([201, 201]);
    expect(await write(item)).toMatchObject(refusal('emails', 429));
    await allow('emails', null);
    await allow('emails-of-person', 3);
    expect([(await write(item)).status, (await write(item)).status]).toEqual([201, 429]);
    expect(await write(item)).toMatchObject(refusal('emails-of-person', 429));
    expect(await shown('emails-of-person')).toMatchObject({ limit: 3, used: 3, by: { id: firm.adminId } });
    // What was refused stands neither on the timeline nor in the outbox.
    const { body } = await server.call('GET', `/api/v1/items/${item}/timeline`, { key: firm.key });
    expect(body.data.filter(({ kind }: { kind: string }) => kind === 'email')).toHaveLength(3);
    server.clock.advance(24 * 3_600_000 + 1);
    expect((await write(item)).status).toBe(201);
    await allow('emails-of-person', null);
  });
});

it('signals that wait: beyond the number others are told to come again, and none of a batch is half taken', async () => {
  const { id: item } = (await makeDeal()).body;
  const signal = { kind: 'webhook.called', item, payload: { code: 'go' } };
  const post = (body: unknown) => server.call('POST', '/api/v1/signals', { key: firm.key, body });
  await allow('waiting-signals', (await shown('waiting-signals')).used + 3);
  expect((await post([signal, signal])).status).toBe(202);
  expect(await post([signal, signal])).toMatchObject(refusal('waiting-signals', 429));
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(signal)));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  // In the words of the other interface.
  const hook = await server.call('POST', `/api/v1/users/${firm.adminId}/keys`, {
    key: firm.key,
    body: { kind: 'webhook' },
  });
  const rest = `/rest/${firm.adminId}/${hook.body.key}/crm.automation.trigger?target=DEAL_${item}&code=go`;
  expect(await server.call('GET', rest)).toMatchObject({ status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED' } });
  await allow('waiting-signals', null);
  expect((await server.call('GET', rest)).status).toBe(200);
});

it('calls of a key in a minute: the next is told how long to wait, and another key goes on', async () => {
  const dora = await firm.addPerson('dora@firm.test');
  const { body: other } = await server.call('POST', `/api/v1/users/${dora.id}/keys`, { key: firm.key, body: {} });
  await allow('calls-of-key', 3);
  server.people.gatekeeper.forget();
  const me = (key: string) => server.call('GET', '/api/v1/me', { key });
  for (let call = 0; call < 3; call += 1) expect((await me(dora.key)).status).toBe(200);
  const refused = await me(dora.key);
  expect(refused).toMatchObject(refusal('calls-of-key', 429));
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await me(other.key)).status).toBe(200);
  await allow('calls-of-key', null);
  server.people.gatekeeper.forget();
  expect((await me(dora.key)).status).toBe(200);
});

it('are shown to those who manage settings alone', async () => {
  const eve = await firm.addPerson('eve@firm.test');
  expect(await server.call('GET', '/api/v1/quotas', { key: eve.key })).toMatchObject({
    status: 403,
    body: { code: 'no-settings' },
  });
});

it('far from their end are not counted again, and nobody waits for anybody; near it the next waits for the first', async () => {
  const take = (amount: number) => inFirm((tx) => checkQuota(tx, { name: 'items', amount, now: new Date() }));
  const whileOneIsOpen = async (work: () => Promise<unknown>, patienceMs: number) => {
    const done: string[] = [];
    let other: Promise<unknown> = Promise.resolve();
    await inFirm(async (tx) => {
      await checkQuota(tx, { name: 'items', amount: 1, now: new Date() });
      // Beside this transaction, not inside it.
      other = new Promise((resolve) => setImmediate(resolve)).then(() => outside(work)).then(() => done.push('other'));
      await Promise.race([other, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
      done.push('first');
    });
    await other;
    return done;
  };
  await take(1);
  expect(await whileOneIsOpen(() => take(1), 60_000)).toEqual(['other', 'first']);
  await allow('items', (await shown('items')).used + 10);
  expect(await whileOneIsOpen(() => take(1), 300)).toEqual(['first', 'other']);
  await allow('items', null);
});
