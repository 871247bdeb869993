import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { bindSignals } from '../../channels/email/inbound/bind-signals.ts';
import { receiveMessage } from '../../channels/email/inbound/receive-message.ts';
import { letter } from '../../channels/email/reading/testing-letters.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { drainWorkspace } from '../drain/drain.ts';

let server: TestServer;
let house: TestWorkspace;
let ola: number;
let piotr: number;
let mailbox: { id: number; address: string; workspaceId: number };

const ask = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: object) =>
  server.call(method, `/api/v1${path}`, { key: house.key, ...(body === undefined ? {} : { body }) });
const inside = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(server.context.databases.app, house.id, work);
const addPerson = async (email: string) => (await house.addPerson(email)).id;
const noticesOf = async (employee: number) => {
  const { rows } = await inside((tx) =>
    sql<{ text: string }>`select text from notifications where employee_id = ${employee} order by id desc`.execute(tx),
  );
  return rows.map(({ text }) => text);
};
const write = async (from: string, subject: string) => {
  const raw = letter([
    `From: ${from}`,
    'To: sales@sandbox.test',
    `Subject: ${subject}`,
    `Message-ID: <${crypto.randomUUID()}@c.test>`,
  ]);
  await receiveMessage(server.context, { raw, envelopeFrom: from, mailboxes: [mailbox] });
  await drainWorkspace(server.context, house.id, { bindSignals });
};

beforeAll(async () => {
  server = await startTestServer();
  house = await server.addWorkspace();
  ola = await addPerson('ola@firm.test');
  piotr = await addPerson('piotr@firm.test');
  const { body } = await ask('GET', '/channels?kind=mailbox');
  const { id, settings } = body.data[0];
  mailbox = { id, address: settings.address, workspaceId: house.id };
});
afterAll(() => server.close());

describe('until somebody takes over', () => {
  it("the head is told of mail to a dismissed person's deal, and of none before", async () => {
    const chief = await addPerson('chief@firm.test');
    const { id: contact } = (await ask('POST', '/contacts', { name: 'Cleo', emails: ['cleo@client.test'] })).body;
    await ask('POST', '/items', { type: 'deal', title: 'Roof', contact, responsible: ola });
    await ask('PATCH', `/users/${ola}`, { supervisor: chief });
    await write('cleo@client.test', 'Before');
    expect((await noticesOf(ola))[0]).toContain('cleo@client.test wrote: Before');
    expect(await noticesOf(chief)).toEqual([]);

    await ask('PATCH', `/users/${ola}`, { dismissed: true });
    await write('cleo@client.test', 'After');
    expect((await noticesOf(chief))[0]).toMatch(
      /^cleo@client\.test wrote: After \(.+ has left, and nobody has taken this over\)$/,
    );
    expect(await noticesOf(ola)).toHaveLength(1);
    await ask('PATCH', `/users/${ola}`, { dismissed: false });
  });

  it('whoever stands above the head is told where the head has left too, at last an administrator', async () => {
    const [top, chief, gone] = [
      await addPerson('top@firm.test'),
      await addPerson('mid@firm.test'),
      await addPerson('left@firm.test'),
    ];
    await ask('PATCH', `/users/${gone}`, { supervisor: chief });
    await ask('PATCH', `/users/${chief}`, { supervisor: top });
    const { id: contact } = (await ask('POST', '/contacts', { name: 'Dee', emails: ['dee@client.test'] })).body;
    await ask('POST', '/items', { type: 'deal', title: 'Gate', contact, responsible: gone });
    await ask('PATCH', `/users/${gone}`, { dismissed: true });

    await write('dee@client.test', 'One');
    expect([(await noticesOf(chief)).length, await noticesOf(top)]).toEqual([1, []]);
    await ask('PATCH', `/users/${chief}`, { dismissed: true });
    await write('dee@client.test', 'Two');
    expect([(await noticesOf(chief)).length, (await noticesOf(top))[0]]).toEqual([1, expect.stringContaining('Two')]);
    await ask('PATCH', `/users/${top}`, { dismissed: true });
    const before = (await noticesOf(house.adminId)).length;
    await write('dee@client.test', 'Three');
    expect((await noticesOf(house.adminId)).length).toBe(before + 1);
    expect(await noticesOf(gone)).toEqual([]);
  });

  it("the head is told of an answer in a conversation of a dismissed person's deal, once", async () => {
    const [chief, gone] = [await addPerson('chief2@firm.test'), await addPerson('left2@firm.test')];
    await ask('PATCH', `/users/${gone}`, { supervisor: chief });
    const { id: contact } = (await ask('POST', '/contacts', { name: 'Fay', emails: ['fay@client.test'] })).body;
    await ask('POST', '/items', { type: 'deal', title: 'Wall', contact, responsible: gone });
    const receive = async (headers: readonly string[]) => {
      const raw = letter(['To: sales@sandbox.test', ...headers]);
      await receiveMessage(server.context, { raw, envelopeFrom: 'fay@client.test', mailboxes: [mailbox] });
      await drainWorkspace(server.context, house.id, { bindSignals });
    };
    await receive(['From: fay@client.test', 'Subject: Offer', 'Message-ID: <offer@c.test>']);
    expect(await noticesOf(gone)).toHaveLength(1);
    await ask('PATCH', `/users/${gone}`, { dismissed: true });
    const answer = ['From: other@client.test', 'Subject: Re: Offer', 'Message-ID: <answer@c.test>'];
    for (const _ of [1, 2]) await receive([...answer, 'In-Reply-To: <offer@c.test>']);
    expect(await noticesOf(chief)).toEqual([expect.stringContaining('Re: Offer')]);
    expect(await noticesOf(gone)).toHaveLength(1);
  });

  it('new leads of a mailbox go to the head of the department, else to an administrator', async () => {
    const boss = await addPerson('boss@firm.test');
    const gone = await addPerson('gone@firm.test');
    await ask('POST', '/departments', { name: 'Sales', head: boss });
    await ask('PATCH', `/users/${gone}`, { department: 'Sales', dismissed: true });
    await ask('PATCH', `/channels/${mailbox.id}`, { settings: { responsible: gone } });
    await inside((tx) =>
      sql`update channels set settings = settings || ${JSON.stringify({ responsible: gone })}::jsonb where id = ${mailbox.id}`.execute(
        tx,
      ),
    );
    const responsible = async () => (await ask('GET', '/items?type=lead&limit=1')).body.data[0].responsible.id;

    await write('new1@client.test', 'First');
    expect(await responsible()).toBe(boss);
    await ask('PATCH', `/users/${boss}`, { dismissed: true });
    await write('new2@client.test', 'Second');
    expect(await responsible()).toBe(house.adminId);
    await inside((tx) =>
      sql`update channels set settings = settings || '{"responsible":null}' where id = ${mailbox.id}`.execute(tx),
    );
  });
});

describe('who takes over', () => {
  it('gets the items with their history, clients, channels, and the rules that named the other', async () => {
    const pipeline = 'Handing';
    const board = {
      ...{
        type: 'deal',
        pipeline,
        stages: [
          { code: 'NEW', name: 'New', kind: 'open' },
          { code: 'BIG', name: 'Big', kind: 'open' },
        ],
      },
      triggers: [{ on: 'apps/webhook', stage: 'BIG', as: 'Ola@firm.test', settings: { code: 'go' } }],
      rules: [
        {
          do: 'alerts/notify',
          stage: 'BIG',
          settings: { text: 'x', recipients: ['ola@firm.test', 'piotr@firm.test'] },
        },
      ],
    };
    expect((await ask('PUT', `/automation/deal/${pipeline}`, board)).status).toBe(200);
    const { id: deal } = (await ask('POST', '/items', { type: 'deal', title: 'Door', pipeline, responsible: ola }))
      .body;
    const { id: contact } = (await ask('POST', '/contacts', { name: 'Dora', responsible: ola })).body;
    await ask('PATCH', `/channels/${mailbox.id}`, { settings: { responsible: ola } });

    const { body: held } = await ask('GET', `/users/${ola}/holdings`);
    expect(held).toMatchObject({
      items: 2,
      contacts: 1,
      channels: [expect.any(String)],
      rules: [{ pipeline, count: 2 }],
    });

    const given = await ask('POST', `/users/${ola}/hand-over`, { to: 'piotr@firm.test' });
    expect(given).toMatchObject({ status: 200, body: { items: 2, left: 0 } });
    expect((await ask('GET', `/items/${deal}`)).body.responsible.id).toBe(piotr);
    expect((await ask('GET', `/items/${deal}/history`)).body.data[0]).toMatchObject({ field: 'responsible' });
    expect((await ask('GET', `/contacts/${contact}`)).body.responsible.id).toBe(piotr);
    const { body: after } = await ask('GET', `/automation/deal/${pipeline}`);
    expect(after).toMatchObject({
      version: 2,
      triggers: [{ as: 'piotr@firm.test' }],
      rules: [{ settings: { recipients: ['piotr@firm.test'] } }],
    });
    expect((await ask('GET', `/users/${ola}/holdings`)).body).toEqual({
      items: 0,
      contacts: 0,
      companies: 0,
      tasks: 0,
      channels: [],
      rules: [],
    });
    expect((await ask('POST', `/users/${ola}/hand-over`, { to: piotr })).body).toEqual({ items: 0, left: 0 });
  });

  it.each([
    ['the person themselves', () => ({ to: ola }), 422],
    ['nobody', () => ({ to: 999_999 }), 422],
    ['somebody dismissed', () => ({ to: 'gone@firm.test' }), 422],
  ])('is not %s', async (_, body, status) => {
    expect((await ask('POST', `/users/${ola}/hand-over`, body())).status).toBe(status);
  });

  it('of whom there is none answers 404', async () => {
    expect((await ask('POST', '/users/999999/hand-over', { to: piotr })).status).toBe(404);
    expect((await ask('GET', '/users/999999/holdings')).status).toBe(404);
  });
});
