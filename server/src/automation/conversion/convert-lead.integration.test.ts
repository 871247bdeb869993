import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { inSystem, inWorkspace } from '../../platform/db.ts';

let server: TestServer;
let firm: TestWorkspace;
let other: TestWorkspace;
let bob: { id: number; key: string };
beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  other = await server.addWorkspace('Other');
  bob = await firm.addPerson('bob@firm.test');
  for (const type of ['lead', 'deal'])
    await call('POST', '/fields', { type, code: 'need', name: 'Need', kind: 'text' });
  await call('POST', '/fields', { type: 'lead', code: 'mail', name: 'E-mail', kind: 'email' });
  await call('POST', '/fields', { type: 'lead', code: 'size', name: 'Size', kind: 'number' });
  await call('POST', '/fields', { type: 'deal', code: 'seats', name: 'Seats', kind: 'number' });
});
afterAll(() => server.close());

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, key = firm.key) =>
  server.call(method, `/api/v1${path}`, { key, ...(body === undefined ? {} : { body }) });
const addLead = async (more: object = {}) =>
  (await call('POST', '/items', { type: 'lead', title: 'Joan Miller', amount: 500, currency: 'EUR', ...more })).body.id;
const convert = (id: number, body: object = {}, key = firm.key) => call('POST', `/items/${id}/convert`, body, key);
const kindsOf = async (id: number) => (await call('GET', `/items/${id}/timeline`)).body.data;

describe('converting a lead', () => {
  test('makes a deal with its title, amount, responsible and fields of the same code, and moves the lead to won', async () => {
    const lead = await addLead({ responsible: bob.id, fields: { need: 'A roof', source: 'Fair', size: 12 } });
    const { status, body } = await convert(lead);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      created: true,
      deal: {
        type: 'deal',
        title: 'Joan Miller',
        amount: 500,
        currency: 'EUR',
        responsible: { id: bob.id },
        parent: lead,
      },
      lead: { id: lead, stage: 'WON', stageKind: 'won' },
    });
    expect(body.deal.fields).toEqual({ need: 'A roof', source: 'Fair' });
    expect(await kindsOf(lead)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'converted', deal: body.deal.id, title: 'Joan Miller' }),
        expect.objectContaining({
          kind: 'moved',
          from: 'NEW',
          to: 'WON',
          by: expect.objectContaining({ id: firm.adminId }),
        }),
      ]),
    );
    expect(await kindsOf(body.deal.id)).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'made-of-lead', lead })]),
    );
  });

  test('heeds what was chosen: title, pipeline, stage, amount, responsible and which field goes where', async () => {
    const { body: pipeline } = await call('POST', '/pipelines', { type: 'deal', name: 'Big deals', from: 'sample' });
    const lead = await addLead({ fields: { need: 'A roof', size: 12 } });
    const input = {
      title: 'Roof',
      pipeline: pipeline.id,
      stage: 'OFFER',
      amount: 900,
      currency: 'PLN',
      responsible: 'bob@firm.test',
    };
    const { body } = await convert(lead, { ...input, fields: { seats: 'size' } });
    expect(body.deal).toMatchObject({
      ...{ title: 'Roof', pipeline: pipeline.id, stage: 'OFFER', amount: 900, currency: 'PLN' },
      ...{ responsible: { id: bob.id }, fields: { seats: 12 } },
    });
    expect(body.deal.fields).not.toHaveProperty('need');
  });

  test('keeps the clients that the lead has', async () => {
    const company = (await call('POST', '/companies', { name: 'Acme' })).body.id;
    const contact = (await call('POST', '/contacts', { name: 'Joan', company })).body.id;
    const lead = await addLead({ contact, company });
    const { body } = await convert(lead, { contact: { name: 'Somebody else' }, company: { name: 'Else' } });
    expect(body.deal).toMatchObject({ contact, company });
  });

  test('makes a contact and a company that it lacks, for the lead too', async () => {
    const lead = await addLead();
    const contact = { name: 'Joan Miller', emails: ['Joan.New@client.test'], phones: ['+48 501 222 333'] };
    const { body } = await convert(lead, { contact, company: { name: 'Miller Ltd' } });
    expect(body.lead).toMatchObject({ contact: body.deal.contact, company: body.deal.company });
    expect((await call('GET', `/contacts/${body.deal.contact}`)).body).toMatchObject({
      ...{ name: 'Joan Miller', emails: ['Joan.New@client.test'], company: body.deal.company },
    });
  });

  test('takes the contact who has this address already', async () => {
    const known = (await call('POST', '/contacts', { name: 'Joan', emails: ['Joan@Known.test'] })).body.id;
    const lead = await addLead({ fields: { mail: 'joan@known.test' } });
    const { body: plan } = await call('GET', `/items/${lead}/conversion`);
    expect(plan).toMatchObject({ contact: { emails: ['joan@known.test'] }, known: { id: known, name: 'Joan' } });
    expect((await convert(lead, { contact: plan.contact })).body.deal).toMatchObject({ contact: known });
  });

  test('takes no company for a contact though it has the same address', async () => {
    const { body: company } = await call('POST', '/companies', { name: 'Office', emails: ['office@shared.test'] });
    const { body } = await convert(await addLead(), { contact: { name: 'Jo', emails: ['office@shared.test'] } });
    expect((await call('GET', `/contacts/${body.deal.contact}`)).body).toMatchObject({ name: 'Jo' });
    expect(body.deal.company).not.toBe(company.id);
  });

  test('leaves out what the deal has no place for: another kind, an option it lacks, what has been deleted', async () => {
    for (const [type, kind] of [
      ['lead', 'number'],
      ['deal', 'text'],
    ])
      await call('POST', '/fields', { type, code: 'grade', name: 'Grade', kind });
    for (const [type, options] of [
      ['lead', ['small', 'huge']],
      ['deal', ['small', 'large']],
    ])
      await call('POST', '/fields', { type, code: 'scale', name: 'Scale', kind: 'choice', options });
    for (const type of ['lead', 'deal'])
      await call('POST', '/fields', { type, code: 'twin', name: 'Twin', kind: 'item' });
    const twin = await addLead({ title: 'Twin' });
    const fields = { need: 'A roof', grade: 5, scale: 'huge', twin };
    const lead = await addLead({ fields });
    await call('DELETE', `/items/${twin}`);
    expect((await call('GET', `/items/${lead}/conversion`)).body.fields).toEqual({ need: 'need' });
    const { status, body } = await convert(lead);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.deal.fields).toEqual({ need: 'A roof' });
    const small = await addLead({ fields: { ...fields, twin: null, scale: 'small' } });
    expect((await convert(small)).body.deal.fields).toEqual({ need: 'A roof', scale: 'small' });
  });

  test('gives the deal to the one who converts, and to no observer, when those of the lead have left', async () => {
    const { id } = await firm.addPerson('carol@firm.test');
    const lead = await addLead({ responsible: id, observers: [id, bob.id] });
    await inSystem(server.context.databases.system, (tx) =>
      tx.updateTable('employees').set({ dismissed_at: new Date() }).where('id', '=', id).execute(),
    );
    expect((await convert(lead)).body.deal).toMatchObject({
      responsible: { id: firm.adminId },
      observers: [{ id: bob.id }],
    });
  });

  test('shows before what it would make, and makes nothing by showing', async () => {
    const lead = await addLead({ fields: { need: 'A roof', mail: 'joan@fresh.test' } });
    expect((await call('GET', `/items/${lead}/conversion`)).body).toEqual({
      deals: [],
      contact: { name: 'Joan Miller', emails: ['joan@fresh.test'], phones: [] },
      known: null,
      stage: { code: 'WON', name: 'Qualified' },
      fields: { need: 'need' },
    });
    expect((await call('GET', `/items/${lead}`)).body).toMatchObject({ stage: 'NEW', contact: null });
  });

  test('the automation of the first stage of the deal runs', async () => {
    const { body: pipeline } = await call('POST', '/pipelines', { type: 'deal', name: 'With rules', from: 'empty' });
    const rules = [{ id: 'hello', do: 'alerts/comment', stage: 'NEW', settings: { text: 'Hello' } }];
    await call('PUT', `/automation/deal/${pipeline.id}`, { type: 'deal', pipeline: 'With rules', rules });
    const { body } = await convert(await addLead(), { pipeline: pipeline.id });
    expect((await call('GET', `/items/${body.deal.id}/runs`)).body.data).toMatchObject([{ rule: 'hello' }]);
  });
});

test('1.3, 4, 5.7 a conversion is one change of the lead, one move of it and one visit of the deal, with the runs of each once', async () => {
  const { body: leads } = await call('POST', '/pipelines', { type: 'lead', name: 'Told', from: 'empty' });
  const { body: deals } = await call('POST', '/pipelines', { type: 'deal', name: 'Told', from: 'empty' });
  const rule = (id: string, stage: string) => ({ id, do: 'alerts/comment', stage, settings: { text: 'Hello' } });
  for (const [type, { id }, stage] of [
    ['lead', leads, 'WON'],
    ['deal', deals, 'NEW'],
  ])
    await call('PUT', `/automation/${type}/${id}`, { type, pipeline: 'Told', rules: [rule('hello', stage)] });
  const lead = await addLead({ pipeline: leads.id });
  const input = { pipeline: deals.id, contact: { name: 'Told Once' }, company: { name: 'Told Once' } };
  const deal = (await convert(lead, input)).body.deal.id;
  await convert(lead, input);

  const rows = async (query: RawBuilder<unknown>) =>
    (await inWorkspace(server.context.databases.app, firm.id, (tx) => query.execute(tx))).rows;
  expect(
    await rows(sql`select kind, item_ids from signals where item_ids && array[${lead}, ${deal}]::bigint[]`),
  ).toEqual([{ kind: 'item.changed', item_ids: [lead] }]);
  expect(await rows(sql`select item_id from visits where item_id in (${lead}, ${deal}) order by id`)).toMatchObject([
    { item_id: lead },
    { item_id: deal },
    { item_id: lead },
  ]);
  const runs = await rows(sql`select item_id, rule_id from runs where item_id in (${lead}, ${deal}) order by item_id`);
  expect(runs).toEqual([
    { item_id: lead, rule_id: 'hello' },
    { item_id: deal, rule_id: 'hello' },
  ]);
});

describe('converting a lead twice', () => {
  test('offers the deal that is there', async () => {
    const lead = await addLead();
    const first = await convert(lead);
    const again = await convert(lead, { title: 'Another' });
    expect(again).toMatchObject({ status: 200, body: { created: false, deal: { id: first.body.deal.id } } });
    expect((await call('GET', `/items/${lead}/conversion`)).body.deals).toMatchObject([{ id: first.body.deal.id }]);
  });

  test('at once makes one deal, one contact and one move', async () => {
    const lead = await addLead({ title: 'Twice' });
    const contact = { name: 'Twice Only', emails: ['twice@client.test'] };
    const answers = await Promise.all(Array.from({ length: 6 }, () => convert(lead, { contact })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.deal.id)).size).toBe(1);
    expect((await call('GET', '/contacts?q=Twice%20Only')).body.data).toHaveLength(1);
    const moves = (await kindsOf(lead)).filter(({ kind }: { kind: string }) => kind === 'moved');
    expect(moves).toHaveLength(1);
  });
});

describe('a lead is not converted', () => {
  test('from another workspace, without a key, or if it is no lead', async () => {
    const lead = await addLead();
    expect(await convert(lead, {}, other.key)).toMatchObject({ status: 404 });
    expect(await call('GET', `/items/${lead}/conversion`, undefined, other.key)).toMatchObject({ status: 404 });
    expect((await server.call('POST', `/api/v1/items/${lead}/convert`, { body: {} })).status).toBe(401);
    const deal = (await convert(lead)).body.deal.id;
    expect(await convert(deal)).toMatchObject({ status: 422, body: { errors: [{ code: 'not-a-lead' }] } });
    expect(await call('GET', `/items/${deal}/conversion`)).toMatchObject({ status: 422 });
  });

  test('halfway: a mistake anywhere leaves everything as it was', async () => {
    const lead = await addLead({ fields: { need: 'A roof' } });
    const contact = { name: 'Never Made', emails: ['never@client.test'] };
    const wrong = [
      { pipeline: 'Nowhere' },
      { stage: 'NOWHERE' },
      { responsible: 'nobody@firm.test' },
      { fields: { need: 'nothing' } },
      { fields: { nothing: 'need' } },
      { fields: { seats: 'need' } },
      { contact: { name: 'X', emails: ['no address'] } },
      { title: ' ' },
      { surprise: true },
    ];
    for (const body of wrong) expect(await convert(lead, { contact, ...body })).toMatchObject({ status: 422 });
    expect((await call('GET', '/contacts?q=Never%20Made')).body.data).toEqual([]);
    expect((await call('GET', `/items/${lead}`)).body).toMatchObject({ stage: 'NEW', contact: null });
    expect((await call('GET', `/items/${lead}/conversion`)).body.deals).toEqual([]);
  });

  test('without the fields that its won stage asks for', async () => {
    const { body: leads } = await call('POST', '/pipelines', { type: 'lead', name: 'Strict', from: 'empty' });
    const won = leads.stages.find(({ kind }: { kind: string }) => kind === 'won').id;
    await call('POST', '/fields', {
      type: 'lead',
      code: 'budget',
      name: 'Budget',
      kind: 'number',
      requiredStages: [won],
    });
    const lead = await addLead({ pipeline: leads.id });
    expect(await convert(lead)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'fields.budget', code: 'required-on-stage' }] },
    });
    expect((await call('GET', `/items/${lead}/conversion`)).body.deals).toEqual([]);
  });
});
