import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertLead } from '../automation/conversion/convert-lead.ts';
import { runVisits } from '../automation/running/run-visits.ts';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';
import { insertField } from '../crm/fields/fields.store.ts';
import { setOwnAmount } from '../platform/quotas/check-quota.ts';

let fixture: RunFixture;
let invoices: { pipelineId: number; stages: Record<string, number> };
let leads: { pipelineId: number; stages: Record<string, number> };
beforeAll(async () => {
  fixture = await makeRunFixture();
  invoices = await fixture.addPipeline({
    type: 'invoice',
    name: 'Invoices',
    stages: [{ code: 'DRAFT' }, { code: 'SENT' }],
  });
  leads = await fixture.addPipeline({ type: 'lead', name: 'Leads' });
  const field = (type: string, code: string, kind: 'text' | 'number' | 'email', multiple = false) => ({
    ...{ type, code, name: code, kind, multiple, requiredStages: [], options: [] },
  });
  await fixture.inside(async (tx) => {
    await insertField(tx, field('deal', 'tags', 'text', true));
    await insertField(tx, field('invoice', 'labels', 'text', true));
    await insertField(tx, field('invoice', 'count', 'number'));
    await insertField(tx, field('lead', 'mail', 'email'));
    await insertField(tx, field('contact', 'marks', 'text', true));
    await insertField(tx, field('contact', 'visits', 'number'));
  });
});
afterAll(() => fixture.close());

const rule = (id: string, key: string, settings: object, stage = 'NEW') => ({ id, do: key, stage, settings });
const itemOf = (id: number) =>
  fixture.inside((tx) => tx.selectFrom('items').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
const childrenOf = (parent: number) =>
  fixture.inside((tx) => tx.selectFrom('items').selectAll().where('parent_id', '=', parent).orderBy('id').execute());
const countItems = () => fixture.inside(async (tx) => (await tx.selectFrom('items').select('id').execute()).length);
const kindsOf = (id: number) =>
  fixture.inside(async (tx) =>
    (await tx.selectFrom('timeline').select(['kind', 'data']).where('item_id', '=', id).orderBy('id').execute()).map(
      ({ kind, data }) => [kind, data],
    ),
  );

describe('items/create', () => {
  const make = (settings: object) => rule('make', 'items/create', { type: 'invoice', ...settings });
  const failure = async (settings: object) => {
    await fixture.saveBoard({ rules: [make(settings)] });
    const item = await fixture.create({ fields: { tags: ['a', 'b'] } });
    const before = await countItems();
    await fixture.work();
    const { state, reason } = await fixture.run(item, 'make');
    return [state, reason?.code, (await countItems()) - before];
  };

  test('fills the fields, keeps client and tie, runs the rules there, and gives its result to later rules', async () => {
    const contactId = await fixture.addContact({ name: 'Cleo' });
    const fields = [
      { field: 'amount', from: 'amount' },
      { field: 'labels', from: 'tags' },
      { field: 'count', value: '{{ item.tags | size }}' },
    ];
    await fixture.saveBoard({
      rules: [
        make({ pipeline: 'Invoices', stage: 'SENT', title: 'For {{ item.title }}', fields }),
        rule('tell', 'alerts/comment', { text: 'Made {{ rules.make.itemId }}' }),
      ],
    });
    await fixture.saveBoard(
      { rules: [rule('there', 'alerts/comment', { text: 'here' }, 'SENT')] },
      invoices.pipelineId,
    );
    const item = await fixture.create({ contactId, amount: '12.50', currency: 'USD', fields: { tags: ['a', 'b'] } });
    await fixture.work();
    await fixture.work();
    const [made, ...others] = await childrenOf(item);
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      ...{ type: 'invoice', title: 'For Deal', pipeline_id: invoices.pipelineId, stage_id: invoices.stages.SENT },
      ...{ contact_id: contactId, responsible_id: fixture.employeeId, creator_id: fixture.employeeId },
      ...{ amount: '12.50', currency: 'USD', fields: { labels: ['a', 'b'], count: 2 } },
    });
    const id = made?.id ?? 0;
    expect((await fixture.run(item, 'make')).result).toEqual({ itemId: id });
    expect(await kindsOf(item)).toContainEqual(['comment', expect.anything()]);
    expect(await kindsOf(item)).toContainEqual([
      'made-item',
      expect.objectContaining({ made: { item: id, title: 'For Deal', type: 'invoice' }, rule: 'Create item' }),
    ]);
    expect((await kindsOf(id)).map(([kind]) => kind)).toEqual(['created', 'made-of-item', 'comment']);
  });

  test('alone, in its title, when nothing is to be kept', async () => {
    await fixture.saveBoard({ rules: [make({ keepTie: false, keepClients: false })] });
    const item = await fixture.create({ contactId: await fixture.addContact() });
    await fixture.work();
    const { itemId } = (await fixture.run(item, 'make')).result ?? {};
    expect(await itemOf(Number(itemId))).toMatchObject({ title: 'Deal', contact_id: null, parent_id: null });
  });

  const one = (field: string, value: unknown) => ({ fields: [{ field, value }] });
  test.each<[string, object, string]>([
    ['a type that is gone', { type: 'gone' }, 'no-type'],
    ['a type that every object has', { type: 'constructor' }, 'no-type'],
    ['a pipeline of another type', { pipeline: 'Leads' }, 'no-pipeline'],
    ['a stage that is gone', { stage: 'WON' }, 'no-stage'],
    ['a field that is gone', one('gone', 1), 'no-field'],
    ['a field that every object has', one('__proto__', 1), 'no-field'],
    ['a field that nobody may set', one('createdAt', '2026-01-01'), 'field-fixed'],
    ['the stage as a field', one('stage', 'SENT'), 'field-fixed'],
    ['a number that is none', one('count', '1e999'), 'misfit'],
    ['words for a number', one('count', 'many'), 'misfit'],
    ['an amount with words', one('amount', '5 zł'), 'misfit'],
    ['a currency that is none', one('currency', 'zzzz'), 'misfit'],
    ['a client who is not here', one('contact', 999_999), 'target-gone'],
    ['somebody who is not here', one('responsible', 999_999), 'nobody-here'],
    ['a title that is too long', { title: 'x'.repeat(501) }, 'title-empty'],
  ])('%s fails the run with the reason, and nothing is made', async (_what, settings, code) => {
    const expected = code === 'title-empty' ? expect.stringMatching(/title-empty|refused|misfit/) : code;
    expect(await failure(settings)).toEqual(['failed', expected, 0]);
  });

  test('a quota that is used up fails it in its own words', async () => {
    await fixture.saveBoard({ rules: [make({})] });
    const item = await fixture.create();
    const count = await countItems();
    await fixture.inside((tx) => setOwnAmount(tx, 'items', count));
    await fixture.work();
    expect((await fixture.run(item, 'make')).reason?.code).toBe('quota-used-up');
    await fixture.inside((tx) => setOwnAmount(tx, 'items', null));
  });

  test('7 two boards that make items of each other stop after 20 links', async () => {
    await fixture.saveBoard({ rules: [make({})] });
    await fixture.saveBoard({ rules: [rule('back', 'items/create', { type: 'deal' }, 'DRAFT')] }, invoices.pipelineId);
    const before = await countItems();
    await fixture.create();
    for (let round = 0; round < 30 && (await fixture.work()).length > 0; round += 1);
    expect((await countItems()) - before).toBe(21);
    const failed = await fixture.inside((tx) =>
      tx.selectFrom('runs').select(['error']).where('state', '=', 'failed').orderBy('id', 'desc').executeTakeFirst(),
    );
    expect(failed?.error).toMatch(/^loop: /);
    await fixture.saveBoard({}, invoices.pipelineId);
  });

  test('5.7 a doubled job makes one', async () => {
    await fixture.saveBoard({ rules: [make({})] });
    const item = await fixture.create();
    const job = { workspaceId: fixture.workspaceId, visitIds: [(await fixture.run(item, 'make')).visitId] };
    await Promise.all([runVisits(fixture.runner, job), runVisits(fixture.runner, job)]);
    expect(await childrenOf(item)).toHaveLength(1);
  });
});

describe('items/convert-lead', () => {
  const convert = (settings: object = {}, stage = 'WARM') => rule('convert', 'items/convert-lead', settings, stage);
  const addLead = async (more: object = {}) => {
    const id = await fixture.create({ type: 'lead', title: 'Joan', pipelineId: leads.pipelineId, ...more });
    await fixture.work();
    return id;
  };

  test('makes contact, company and deal, moves the lead to its won stage, and ends its visit', async () => {
    const below = rule('below', 'alerts/comment', { text: 'below' }, 'WARM');
    const settings = {
      company: true,
      companyName: '{{ item.title }} Ltd',
      pipeline: fixture.pipelineId,
      stage: 'OFFER',
    };
    await fixture.saveBoard({ rules: [convert(settings), below] }, leads.pipelineId);
    await fixture.saveBoard({});
    const lead = await addLead({ amount: '70', fields: { mail: 'joan@client.test', source: 'Fair' } });
    await fixture.move(lead, 'WARM');
    await fixture.work();
    const { dealId, contactId, companyId } = (await fixture.run(lead, 'convert')).result ?? {};
    expect(await itemOf(Number(dealId))).toMatchObject({
      ...{ type: 'deal', title: 'Joan', parent_id: lead, contact_id: contactId, company_id: companyId },
      ...{ stage_id: fixture.stages.OFFER, amount: '70.00', fields: { source: 'Fair' } },
    });
    expect(await itemOf(lead)).toMatchObject({ stage_id: leads.stages.WON, contact_id: contactId });
    expect((await fixture.run(lead, 'below')).state).toBe('cancelled');
    const kinds = (await kindsOf(lead)).map(([kind]) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['converted', 'moved']));
    const contact = await fixture.inside((tx) =>
      tx.selectFrom('contacts').selectAll().where('id', '=', Number(contactId)).executeTakeFirstOrThrow(),
    );
    expect(contact).toMatchObject({ name: 'Joan', company_id: companyId });
  });

  test('takes somebody who is there already, and a second time the deal that is there', async () => {
    const known = await fixture.addContact({ name: 'Max', emails: ['max@client.test'] });
    await fixture.saveBoard(
      { rules: [convert(), convert({}, 'OFFER')].map((one, at) => ({ ...one, id: `c${at}` })) },
      leads.pipelineId,
    );
    const lead = await addLead({ fields: { mail: 'MAX@client.test' } });
    await fixture.move(lead, 'WARM');
    await fixture.work();
    await fixture.move(lead, 'OFFER');
    await fixture.work();
    const [deal, ...others] = await childrenOf(lead);
    expect(others).toEqual([]);
    expect((await fixture.run(lead, 'c0')).result).toEqual({ dealId: deal?.id, contactId: known, companyId: null });
    expect((await fixture.run(lead, 'c1')).result).toEqual({ dealId: deal?.id, contactId: known, companyId: null });
  });

  test('a rule and two people at once make one deal', async () => {
    await fixture.saveBoard({ rules: [convert()] }, leads.pipelineId);
    const lead = await addLead();
    await fixture.move(lead, 'WARM');
    const byPerson = () => fixture.inside((tx) => convertLead(tx, fixture.acting(), { leadId: lead, input: {} }));
    const [first, second] = await Promise.all([byPerson(), byPerson(), fixture.work()]);
    const deals = await childrenOf(lead);
    expect(deals).toHaveLength(1);
    expect([first.deal.id, second.deal.id]).toEqual([deals[0]?.id, deals[0]?.id]);
    expect((await fixture.run(lead, 'convert')).state).toMatch(/done|cancelled/);
  });

  test.each<[string, object, string]>([
    ['a pipeline that is gone', { pipeline: 'Gone' }, 'no-pipeline'],
    ['a stage that is gone', { stage: 'GONE' }, 'no-stage'],
    ['a name that is too long', { contactName: 'x'.repeat(501) }, 'refused'],
  ])('%s fails the run, and the lead stays as it is', async (_what, settings, code) => {
    await fixture.saveBoard({ rules: [convert(settings)] }, leads.pipelineId);
    const lead = await addLead();
    await fixture.move(lead, 'WARM');
    await fixture.work();
    const { state, reason } = await fixture.run(lead, 'convert');
    expect([state, reason?.code]).toEqual(['failed', code]);
    expect(await itemOf(lead)).toMatchObject({ stage_id: leads.stages.WARM, contact_id: null });
    expect(await childrenOf(lead)).toEqual([]);
  });

  test('a deal is no lead', async () => {
    await fixture.saveBoard({ rules: [rule('convert', 'items/convert-lead', {})] });
    const deal = await fixture.create();
    await fixture.work();
    expect((await fixture.run(deal, 'convert')).reason?.code).toBe('not-a-lead');
  });
});

describe('clients/modify', () => {
  const change = (changes: object[], client = 'contact') => rule('write', 'clients/modify', { client, changes });
  const contactOf = (id: number) =>
    fixture.inside((tx) => tx.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirstOrThrow());

  test('replaces and appends, says so on the timeline, and the texts after it see it', async () => {
    await fixture.saveBoard({
      rules: [
        change([
          { field: 'name', value: '{{ client.name }} VIP' },
          { field: 'emails', value: 'new@client.test', mode: 'append' },
          { field: 'marks', value: 'won', mode: 'append' },
          { field: 'visits', value: '3' },
        ]),
        { ...rule('tell', 'alerts/comment', { text: '{{ client.name }}' }), order: 'after previous' },
      ],
    });
    const contactId = await fixture.addContact({ name: 'Cleo', emails: ['cleo@client.test'] });
    const item = await fixture.create({ contactId });
    await fixture.work();
    expect(await contactOf(contactId)).toMatchObject({ name: 'Cleo VIP', fields: { marks: ['won'], visits: 3 } });
    const addresses = await fixture.inside((tx) =>
      tx
        .selectFrom('client_addresses')
        .select('value')
        .where('client_id', '=', contactId)
        .orderBy('position')
        .execute(),
    );
    expect(addresses.map(({ value }) => value)).toEqual(['cleo@client.test', 'new@client.test']);
    expect(await kindsOf(item)).toContainEqual([
      'client-changed',
      expect.objectContaining({
        client: { kind: 'contact', id: contactId, name: 'Cleo VIP' },
        fields: ['name', 'emails', 'marks', 'visits'],
      }),
    ]);
    const comments = await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', item).where('kind', '=', 'comment').execute(),
    );
    expect(comments).toEqual([{ text: 'Cleo VIP' }]);
  });

  test.each<[string, object[], string, string]>([
    ['no company', [{ field: 'name', value: 'A' }], 'company', 'no-company'],
    ['an empty name', [{ field: 'name', value: '{{ item.source }}' }], 'contact', 'client-name-empty'],
    ['a field that is gone', [{ field: 'gone', value: 1 }], 'contact', 'no-field'],
    ['a field of items', [{ field: 'amount', value: 1 }], 'contact', 'no-field'],
    ['a number that is none', [{ field: 'visits', value: 'many' }], 'contact', 'misfit'],
    ['an address that is none', [{ field: 'emails', value: 'nobody' }], 'contact', 'misfit'],
    ['one value to append to', [{ field: 'name', value: 'A', mode: 'append' }], 'contact', 'one-value'],
    ['somebody who is not here', [{ field: 'responsible', value: 999_999 }], 'contact', 'nobody-here'],
  ])('%s fails the run, and the client stays as it was', async (_what, changes, client, code) => {
    await fixture.saveBoard({ rules: [change([{ field: 'visits', value: 9 }, ...changes].slice(-2), client)] });
    const contactId = await fixture.addContact({ name: 'Cleo' });
    const item = await fixture.create({ contactId });
    await fixture.work();
    const { state, reason } = await fixture.run(item, 'write');
    expect([state, reason?.code]).toEqual(['failed', code]);
    expect(await contactOf(contactId)).toMatchObject({ name: 'Cleo', fields: {} });
  });

  test('two items at once append to one client, and nothing is lost', async () => {
    await fixture.saveBoard({ rules: [change([{ field: 'marks', value: '{{ item.title }}', mode: 'append' }])] });
    const contactId = await fixture.addContact({ name: 'Cleo' });
    const ids = [await fixture.create({ contactId, title: 'a' }), await fixture.create({ contactId, title: 'b' })];
    const visits = await Promise.all(ids.map(async (id) => (await fixture.run(id, 'write')).visitId));
    const run = (visitIds: number[]) => runVisits(fixture.runner, { workspaceId: fixture.workspaceId, visitIds });
    await Promise.all(visits.map((id) => run([id])));
    expect((await contactOf(contactId)).fields).toMatchObject({ marks: expect.arrayContaining(['a', 'b']) });
  });
});
