import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from './testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  rival = await server.addWorkspace('Other');
});
afterAll(() => server.close());

type Method = 'POST' | 'PATCH';
const call = (method: Method, path: string, body: object, key = firm.key) =>
  server.call(method, `/api/v1${path}`, { key, body });

/** What browsers of the firm were told while `work` ran. */
async function toldDuring(work: () => Promise<unknown>): Promise<string[]> {
  const told: string[] = [];
  const leave = server.context.realtime.subscribe(firm.id, firm.adminId, ({ topic, kind, id }) => {
    told.push(`${topic} ${kind} ${id}`);
  });
  await work();
  leave();
  return told;
}

describe('what one person changes, the screens of the others are told of', () => {
  it('contacts and companies, each by its own number', async () => {
    let [contact, company] = [0, 0];
    const told = await toldDuring(async () => {
      company = (await call('POST', '/companies', { name: 'Mill' })).body.id;
      contact = (await call('POST', '/contacts', { name: 'Ewa' })).body.id;
      await call('PATCH', `/contacts/${contact}`, { name: 'Eva' });
      await call('PATCH', `/companies/${company}`, { name: 'The Mill' });
    });
    expect(told).toEqual([
      ...[`companies created ${company}`, `contacts created ${contact}`],
      ...[`contacts changed ${contact}`, `companies changed ${company}`],
    ]);
  });

  it('a comment, on the timeline of its item alone', async () => {
    const { id } = (await call('POST', '/items', { type: 'deal', title: 'Bread' })).body;
    const told = await toldDuring(() => call('POST', `/items/${id}/comments`, { text: 'Called' }));
    expect(told).toEqual([`timeline added ${id}`]);
  });

  it('channels that are connected and changed', async () => {
    let id = 0;
    const body = { kind: 'mailbox', provider: 'sandbox', name: 'Shop', settings: { address: 'shop@firm.test' } };
    const told = await toldDuring(async () => {
      id = (await call('POST', '/channels', body)).body.id;
      await call('PATCH', `/channels/${id}`, { name: 'Shop counter' });
    });
    expect(told).toEqual([`channels created ${id}`, `channels changed ${id}`]);
  });

  it('colleagues who come, are invited and change, and departments', async () => {
    let [ola, jan, department] = [0, 0, 0];
    const told = await toldDuring(async () => {
      ola = (await call('POST', '/users', { email: 'ola@firm.test', name: 'Ola' })).body.id;
      jan = (await call('POST', '/invitations', { email: 'jan@firm.test', name: 'Jan' })).body.id;
      await call('PATCH', `/users/${ola}`, { phone: '+48221234567' });
      department = (await call('POST', '/departments', { name: 'Bakery' })).body.id;
      await call('PATCH', `/departments/${department}`, { name: 'Bakers' });
    });
    expect(told).toEqual([
      ...[`people created ${ola}`, `people created ${jan}`, `people changed ${ola}`],
      ...[`departments created ${department}`, `departments changed ${department}`],
    ]);
  });

  it('one’s own name and language, on one’s other tabs too', async () => {
    const told = await toldDuring(async () => {
      await call('PATCH', '/me', { language: 'pl' });
      await call('PATCH', '/me', { name: 'Anna Nowak' });
    });
    expect(told).toEqual([`people changed ${firm.adminId}`, `people changed ${firm.adminId}`]);
  });
});

describe('nobody is told', () => {
  it('of what somebody keeps for oneself', async () => {
    expect(await toldDuring(() => call('PATCH', '/me', { preferences: {} }))).toEqual([]);
  });

  it('of another workspace', async () => {
    const told = await toldDuring(async () => {
      await call('POST', '/contacts', { name: 'Ewa' }, rival.key);
      await call('POST', '/users', { email: 'eve@other.test', name: 'Eve' }, rival.key);
    });
    expect(told).toEqual([]);
  });

  it('of what was refused', async () => {
    const told = await toldDuring(async () => {
      expect((await call('POST', '/contacts', {})).status).toBe(422);
      expect((await call('PATCH', '/channels/999999', { name: 'x' })).status).toBe(404);
      expect((await call('POST', '/users', { email: 'ola@firm.test', name: 'Ola' })).status).toBe(409);
    });
    expect(told).toEqual([]);
  });
});
