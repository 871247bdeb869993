import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { standardRights } from '../../people/rights/standard-roles.ts';
import { inWorkspace } from '../../platform/db.ts';
import { createRecorder } from '../../signals/recorder.ts';

// What stands in a record since before it was checked, or since something else is gone: sent back as it is, it stays.

let server: TestServer;
let firm: TestWorkspace;
let pipeline: { id: number };

beforeAll(async () => {
  server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  firm = await server.addWorkspace('Firm');
  pipeline = (await call('GET', '/api/v1/pipelines?type=deal')).body.data[0];
  for (const type of ['deal', 'contact']) {
    for (const kind of ['money', 'phone', 'email', 'link', 'choice', 'text'])
      await addField(type, kind, { options: kind === 'choice' ? ['S', 'L'] : [] });
    for (const kind of ['phone', 'email', 'link', 'multiChoice'])
      await addField(type, `${kind}s`, { kind, multiple: true, options: kind === 'multiChoice' ? ['S', 'L'] : [] });
  }
});
afterAll(() => server.close());

const call = (method: 'GET' | 'POST' | 'PATCH' | 'PUT', url: string, body?: unknown) =>
  server.call(method, url, { key: firm.key, body });
const addField = (type: string, code: string, more: object) =>
  call('POST', '/api/v1/fields', { type, code, name: code, kind: code, ...more });
const write = (statement: RawBuilder<unknown>) =>
  inWorkspace(server.context.databases.app, firm.id, (tx) => statement.execute(tx));

const odd = {
  money: { amount: '5', currency: 'ABC' },
  phone: 'ask Ola',
  email: 'nobody',
  link: 'ftp://firm.test/a',
  choice: 'M',
  phones: ['none', '+48601100200', '601 100 200'],
  emails: ['nobody', 'y@x.test', 'Y@x.test'],
  links: ['ftp://firm.test/a', 'not a link'],
  multiChoices: ['M', 'S'],
};
const worse = {
  money: { amount: '5', currency: 'ABD' },
  phone: 'ask Jan',
  email: 'somebody',
  link: 'ftp://firm.test/b',
  choice: 'XL',
  phones: ['ask Jan'],
  emails: ['somebody'],
  links: ['ftp://firm.test/b'],
  multiChoices: ['XL'],
};

async function addDeal(more: object = {}) {
  const { body } = await call('POST', '/api/v1/items', { type: 'deal', title: 'Big', pipeline: pipeline.id, ...more });
  return body.id as number;
}

describe('an odd currency of an item', () => {
  it.each(['ABC', 'eur', 'zł'])('%s may be sent back, alone and with what else is changed', async (currency) => {
    const id = await addDeal({ amount: 5 });
    await write(sql`update items set currency = ${currency} where id = ${id}`);
    const patch = (body: object) => call('PATCH', `/api/v1/items/${id}`, body);
    const { body: read } = await call('GET', `/api/v1/items/${id}`);
    expect(read).toMatchObject({ amount: 5, currency });
    const { title, amount } = read;
    expect(await patch({ title, amount, currency })).toMatchObject({ status: 200, body: { amount: 5, currency } });
    expect(await patch({ title: 'Bigger', currency })).toMatchObject({
      status: 200,
      body: { title: 'Bigger', currency },
    });
    // As the screen changes an amount.
    expect(await patch({ amount: '6.50', currency })).toMatchObject({ status: 200, body: { amount: 6.5, currency } });
    for (const other of ['ABD', 'usd', 'ABCDEFG'])
      expect((await patch({ amount: 7, currency: other })).body.errors[0]).toMatchObject({ path: 'currency' });
    expect((await call('GET', `/api/v1/items/${id}`)).body).toMatchObject({ amount: 6.5, currency });
    expect(await patch({ currency: 'EUR' })).toMatchObject({ status: 200, body: { amount: 6.5, currency: 'EUR' } });
    expect((await patch({ currency })).status).toBe(422);
  });

  it('is refused of a new one, in its own fields too', async () => {
    const body = { type: 'deal', title: 'New', pipeline: pipeline.id };
    expect((await call('POST', '/api/v1/items', { ...body, amount: 5, currency: 'ABC' })).status).toBe(422);
    expect((await call('POST', '/api/v1/items', { ...body, fields: { money: odd.money } })).status).toBe(422);
    expect((await call('POST', '/api/v1/contacts', { name: 'New', fields: { money: odd.money } })).status).toBe(422);
  });
});

describe.each(['items', 'contacts'])('odd values of own fields of %s', (path) => {
  const table = sql.table(path);
  async function addOdd(): Promise<(body: object) => ReturnType<typeof call>> {
    const id = path === 'items' ? await addDeal() : (await call('POST', '/api/v1/contacts', { name: 'Cleo' })).body.id;
    await write(sql`update ${table} set fields = ${JSON.stringify(odd)}::jsonb where id = ${id}`);
    return (body) => call('PATCH', `/api/v1/${path}/${id}`, body);
  }

  it('stay as they are when they are sent back with something else', async () => {
    const patch = await addOdd();
    expect(await patch({ fields: odd })).toMatchObject({ status: 200, body: { fields: odd } });
    const changed = { ...odd, text: 'New' };
    expect(await patch({ fields: changed })).toMatchObject({ status: 200, body: { fields: changed } });
  });

  it.each(Object.keys(worse) as (keyof typeof worse)[])('%s: another one is refused', async (code) => {
    const patch = await addOdd();
    const { status, body } = await patch({ fields: { ...odd, [code]: worse[code] } });
    expect([status, body.errors[0].path]).toEqual([422, `fields.${code}`]);
  });

  it('stay in their lists beside what is new, and an amount stays in its currency', async () => {
    const patch = await addOdd();
    const fields = {
      money: { amount: '6', currency: 'ABC' },
      phones: [...odd.phones.slice(0, 2), '+48601100201'],
      multiChoices: ['M', 'L'],
    };
    expect(await patch({ fields })).toMatchObject({ status: 200, body: { fields: { ...odd, ...fields } } });
    expect((await patch({ fields: { phones: [...fields.phones, 'ask Jan'] } })).status).toBe(422);
  });
});

describe('who and what is gone', () => {
  it('somebody dismissed stays responsible, observer, supervisor and head, and is made none anew', async () => {
    const { id: ola } = await firm.addPerson(`ola-${firm.id}@firm.test`);
    const { id: jan } = await firm.addPerson(`jan-${firm.id}@firm.test`);
    const deal = await addDeal({ responsible: ola, observers: [ola] });
    const contact = (await call('POST', '/api/v1/contacts', { name: 'Cleo', responsible: ola })).body.id;
    const task = (await call('POST', '/api/v1/tasks', { title: 'Call', responsible: ola, observers: [ola] })).body.id;
    const department = (await call('POST', '/api/v1/departments', { name: 'Bakers', head: ola })).body.id;
    await call('PATCH', `/api/v1/users/${jan}`, { supervisor: ola });
    await write(sql`update employees set dismissed_at = now() where id = ${ola}`);
    const email = `ola-${firm.id}@firm.test`;
    for (const [url, same, other] of [
      [`items/${deal}`, { title: 'x', responsible: email, observers: [ola, jan] }, { observers: [ola] }],
      [`contacts/${contact}`, { name: 'x', responsible: ola }, { responsible: ola }],
      [`tasks/${task}`, { title: 'x', responsible: ola, observers: [ola, jan] }, { responsible: ola }],
      [`departments/${department}`, { name: 'x', head: ola }, { head: ola }],
      [`users/${jan}`, { name: 'x', supervisor: ola }, { supervisor: ola }],
    ] as const) {
      const before = await call('PATCH', `/api/v1/${url}`, same);
      expect([url, before.status, before.body.errors]).toEqual([url, 200, undefined]);
      const none = Object.fromEntries(Object.keys(other).map((key) => [key, key === 'observers' ? [] : null]));
      expect((await call('PATCH', `/api/v1/${url}`, none)).status).toBe(200);
      expect((await call('PATCH', `/api/v1/${url}`, other)).body).toMatchObject({ errors: [{ code: 'dismissed' }] });
    }
  });

  it('addresses of a client that were never checked stay beside new ones', async () => {
    const { id } = (await call('POST', '/api/v1/contacts', { name: 'Cleo', emails: ['a@x.test'], phones: ['112'] }))
      .body;
    const long = `+48601100200 ${'ask for Cleo '.repeat(6)}`.trim();
    await write(
      sql`update client_addresses set value = 'nobody', normal = 'nobody' where client_id = ${id} and kind = 'email'`,
    );
    await write(sql`update client_addresses set value = ${long} where client_id = ${id} and kind = 'phone'`);
    const patch = (body: object) => call('PATCH', `/api/v1/contacts/${id}`, body);
    const given = { emails: ['nobody', 'b@x.test'], phones: [long, '113'] };
    expect(await patch({ name: 'Cleo C', ...given })).toMatchObject({
      status: 200,
      body: { name: 'Cleo C', ...given },
    });
    expect((await patch({ emails: ['somebody'] })).body).toMatchObject({ errors: [{ path: 'emails[0]' }] });
    expect((await patch({ phones: [long, 'none'] })).body).toMatchObject({ errors: [{ path: 'phones[1]' }] });
  });

  it('a client that one may not see stays with the item, and no other such one comes', async () => {
    const rights = { ...standardRights.sales, clients: { ...standardRights.sales.clients, read: 'own' } };
    await call('POST', '/api/v1/roles', { name: 'Own', rights });
    const { id: eva, key } = await firm.addPerson(`eva-${firm.id}@firm.test`, 'Own');
    const contact = (await call('POST', '/api/v1/contacts', { name: 'Hidden' })).body.id;
    const another = (await call('POST', '/api/v1/contacts', { name: 'Hidden too' })).body.id;
    const deal = await addDeal({ contact, responsible: eva });
    const patch = (body: object) => server.call('PATCH', `/api/v1/items/${deal}`, { key, body });
    expect(await patch({ title: 'Seen', contact })).toMatchObject({ status: 200, body: { title: 'Seen', contact } });
    expect((await patch({ title: 'x', contact: another })).body).toMatchObject({
      errors: [{ code: 'unknown-contact' }],
    });
  });

  it('somebody dismissed stays responsible of a task that Bitrix24 libraries send back, and gets no other', async () => {
    const { id: ida } = await firm.addPerson(`ida-${firm.id}@firm.test`);
    const [task, other] = [
      (await call('POST', '/api/v1/tasks', { title: 'Call', responsible: ida })).body.id,
      (await call('POST', '/api/v1/tasks', { title: 'Write' })).body.id,
    ];
    const { key: secret } = (await call('POST', `/api/v1/users/${firm.adminId}/keys`, { kind: 'webhook' })).body;
    await write(sql`update employees set dismissed_at = now() where id = ${ida}`);
    const update = (taskId: number) => {
      const body = { taskId, fields: { TITLE: 'Changed', RESPONSIBLE_ID: ida } };
      return server.call('POST', `/rest/${firm.adminId}/${secret}/tasks.task.update`, { body });
    };
    expect(await update(task)).toMatchObject({ status: 200, body: { result: { task: { title: 'Changed' } } } });
    expect((await update(other)).status).toBe(422);
  });
});

it('rates of a currency that there is not stay with the others, and none is added', async () => {
  await write(sql`update workspaces set rates = '{"ABC": "2", "EUR": "4"}'::jsonb where id = ${firm.id}`);
  const put = (rates: object) => call('PUT', '/api/v1/currencies', { rates });
  expect(await put({ ABC: 2, EUR: 4.5 })).toMatchObject({ status: 200, body: { rates: { ABC: 2, EUR: 4.5 } } });
  expect((await put({ ABC: 2, ABD: 3 })).body).toMatchObject({ errors: [{ path: 'rates.ABD' }] });
});
