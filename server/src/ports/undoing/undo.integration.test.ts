import { type Grants, grants, type RoleRights } from '@signalbox/contract/people/rights.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../api/testing.ts';
import { drainWorkspace } from '../../automation/drain/drain.ts';
import { changeItem } from '../../automation/moves/change-item.ts';
import { makeRunFixture, type RunFixture } from '../../automation/running/testing-runs.ts';
import { runDueVisits } from '../../automation/running/watch-runs.ts';
import { undoRoutes } from '../../automation/undo/undo.routes.ts';
import { undoVisit } from '../../automation/undo/undo-runs.ts';
import { addUser } from '../../people/create-user.ts';
import { createKey } from '../../people/keys.store.ts';
import { noRights } from '../../people/rights/standard-roles.ts';
import { inSystem } from '../../platform/db.ts';
import { changeTask } from '../../tasks/change-task.ts';
import { undoes } from './undoes.ts';

let fixture: RunFixture;
let server: TestServer;
let admin: string;
let eve: { id: number; key: string };

beforeAll(async () => {
  fixture = await makeRunFixture();
  server = await startTestServer({}, (context) => undoRoutes(context, undoes), fixture.databases);
  const { workspaceId, employeeId } = fixture;
  const keyOf = (id: number) =>
    inSystem(fixture.databases.system, (tx) =>
      createKey(tx, { workspaceId, employeeId: id, kind: 'api', name: 'test' }),
    );
  admin = (await keyOf(employeeId)).key;
  const id = await fixture.addEmployee({ name: 'Eve', email: 'eve@firm.test' });
  eve = { id, key: (await keyOf(id)).key };
  await fixture.addChannel({ kind: 'mailbox', name: 'sales@firm.test', settings: { address: 'sales@firm.test' } });
});
afterAll(() => fixture.close());
beforeEach(() => server.clock.set(fixture.clock.now()));

const rule = (id: string, key: string, settings: object, more: object = {}) => ({
  ...{ id, do: key, stage: 'NEW', settings },
  ...more,
});
const retitle = rule('retitle', 'items/modify', { changes: [{ field: 'title', value: 'By a rule' }] });
const write = (query: ReturnType<typeof sql>) => fixture.inside(async (tx) => void (await query.execute(tx)));
const rows = async (query: ReturnType<typeof sql>) => (await fixture.inside((tx) => query.execute(tx))).rows;
const itemOf = (id: number) =>
  fixture.inside((tx) => tx.selectFrom('items').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
const decide = () => drainWorkspace(fixture.context, fixture.workspaceId, { bindSignals: async () => {} });

async function done(rules: readonly object[], item: Parameters<RunFixture['create']>[0] = {}) {
  await fixture.saveBoard({ rules });
  const id = await fixture.create(item);
  await fixture.work();
  return id;
}

async function undo(itemId: number, ruleId: string, { key = admin, dryRun = false, body = {} as object } = {}) {
  const { id } = await fixture.run(itemId, ruleId);
  return server.call('POST', `/api/v1/runs/${id}/undo${dryRun ? '?dryRun=1' : ''}`, { key, body });
}

async function undoStage(itemId: number, more: object = {}, key = admin) {
  const [first] = await fixture.runs(itemId);
  const body = { visit: first?.visitId, ...more };
  return server.call('POST', `/api/v1/items/${itemId}/automation/undo`, { key, body });
}

/** What the rules of the item have left, and how many of them were taken back. */
async function leftBehind(id: number) {
  const [counted] = await rows(sql`select title,
    (select count(*) from runs where item_id = ${id} and undone_at is not null)::int as undone,
    (select count(*) from timeline where item_id = ${id} and kind in ('comment', 'email'))::int as told,
    (select count(*) from emails where item_id = ${id})::int as letters,
    (select count(*) from outbox where item_id = ${id})::int as outbox from items where id = ${id}`);
  return counted;
}

let roles = 0;
/** The key of somebody new whose only role allows this. */
async function person({
  items,
  fields = {},
}: {
  items: Partial<Grants>;
  fields?: RoleRights['fields'];
}): Promise<string> {
  roles += 1;
  const name = `Role ${roles}`;
  const none = { read: 'none', add: 'none', change: 'none', delete: 'none', export: 'none' };
  const rights = { ...noRights, items: { all: grants.parse({ ...none, ...items }), types: {}, pipelines: {} }, fields };
  expect(await server.call('POST', '/api/v1/roles', { key: admin, body: { name, rights } })).toMatchObject({
    status: 201,
  });
  const { workspaceId } = fixture;
  return inSystem(fixture.databases.system, async (tx) => {
    const who = { email: `p${roles}@firm.test`, name, role: name, passwordHash: null };
    const employeeId = await addUser(tx, workspaceId, who, null);
    return (await createKey(tx, { workspaceId, employeeId, kind: 'api', name: 'test' })).key;
  });
}

describe('a run is taken back', () => {
  it('first says what would become of it and changes nothing, then does it, on the timeline and in the history', async () => {
    const item = await done([retitle]);
    const foretold = await undo(item, 'retitle', { dryRun: true });
    const line = { kind: 'fields', about: 'title', from: 'By a rule', to: 'Deal', takenBack: true, reason: null };
    expect(foretold).toMatchObject({ status: 200, body: { dryRun: true, data: [line], cancelled: 0 } });
    expect((await itemOf(item)).title).toBe('By a rule');

    expect(await undo(item, 'retitle')).toMatchObject({ status: 200, body: { dryRun: false, data: [line] } });
    expect((await itemOf(item)).title).toBe('Deal');
    const { id } = await fixture.run(item, 'retitle');
    expect(
      await rows(sql`select field, "from", "to", author_id, rule_name from history where undoes_run = ${id}`),
    ).toEqual([{ field: 'title', from: 'By a rule', to: 'Deal', author_id: fixture.employeeId, rule_name: null }]);
    expect(
      await rows(sql`select author_id, data from timeline where item_id = ${item} and kind = 'undone'`),
    ).toMatchObject([
      {
        author_id: fixture.employeeId,
        data: { run: id, back: 1, stays: 0, lines: [{ kind: 'fields', about: 'title' }] },
      },
    ]);
  });

  it('once, however often it is clicked at once', async () => {
    const item = await done([retitle]);
    const answers = await Promise.all([undo(item, 'retitle'), undo(item, 'retitle'), undo(item, 'retitle')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('already-undone');
    expect(await rows(sql`select id from timeline where item_id = ${item} and kind = 'undone'`)).toHaveLength(1);
  });

  it('once, by whichever of two who take back its run and its visit at once', async () => {
    const item = await done([retitle]);
    const bo = await person({ items: { read: 'all', change: 'all' } });
    const answers = await Promise.all([undo(item, 'retitle', { key: bo }), undoStage(item)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await rows(sql`select id from history where item_id = ${item} and undoes_run is not null`)).toHaveLength(1);
    expect(await rows(sql`select id from timeline where item_id = ${item} and kind = 'undone'`)).toHaveLength(1);
  });

  it('wholly or not at all: what breaks midway leaves everything as it was, and it can be taken back then', async () => {
    const item = await done([
      retitle,
      rule('say', 'alerts/comment', { text: 'Hello' }, { order: 'after previous' }),
      rule('mail', 'alerts/email-employee', { subject: 'S', text: 'T', to: ['responsible'] }),
    ]);
    const before = await leftBehind(item);
    const visitId = (await fixture.run(item, 'retitle')).visitId;
    const fails = { undo: () => Promise.reject(new Error('the power is gone')), findRestorable: async () => [] };
    const breaks = { ...undoes, fields: fails };
    const wish = { itemId: item, visitId, moveBack: false, overwrite: [], dryRun: false };
    const broken = fixture.inside((tx) => undoVisit(tx, fixture.acting(), { undoes: breaks, ...wish }));
    await expect(broken).rejects.toThrow('the power is gone');
    expect(await leftBehind(item)).toEqual(before);
    expect((await undoStage(item)).body.data).toMatchObject([
      { takenBack: true },
      { takenBack: true },
      { takenBack: true },
    ]);
    expect(await leftBehind(item)).toEqual({ title: 'Deal', undone: 3, told: 0, letters: 0, outbox: 0 });
  });

  it('by who may change the item: others are told, and strangers find nothing', async () => {
    const item = await done([retitle]);
    expect(await undo(item, 'retitle', { key: 'wrong' })).toMatchObject({ status: 401 });
    const { id } = await fixture.run(item, 'retitle');
    const other = await server.addWorkspace('Other');
    for (const path of [`/api/v1/runs/${id}/undo`, '/api/v1/runs/999999/undo'])
      expect(await server.call('POST', path, { key: other.key, body: {} })).toMatchObject({ status: 404 });
    const reader = await person({ items: { read: 'all' } });
    const refused = { status: 403, body: { code: 'no-item-change' } };
    expect(await undo(item, 'retitle', { key: reader })).toMatchObject(refused);
    expect(await undo(item, 'retitle', { key: reader, dryRun: true })).toMatchObject(refused);
    expect(await undoStage(item, {}, reader)).toMatchObject(refused);
    expect((await itemOf(item)).title).toBe('By a rule');
    const bad = { body: { overwrite: 'all' } };
    expect(await undo(item, 'retitle', bad)).toMatchObject({ status: 422 });
  });

  it('a wait for a condition is cancelled by it, by who may change the item, once; what stands behind it goes on', async () => {
    const condition = { field: 'amount', is: 'at least', value: 5_000 };
    const wait = { until: 'condition', condition, deadline: '2 hours', atDeadline: 'stop' };
    const behind = rule('behind', 'alerts/comment', { text: 'Behind' }, { order: 'after previous' });
    const item = await done([rule('wait', 'flow/wait', wait), behind]);
    const waits = { state: 'waiting', waitingFor: 'condition' };
    const other = await server.addWorkspace('Elsewhere');
    expect(await undo(item, 'wait', { key: 'wrong' })).toMatchObject({ status: 401 });
    expect(await undo(item, 'wait', { key: other.key })).toMatchObject({ status: 404 });
    expect(await undo(item, 'wait', { key: await person({ items: { read: 'own' } }) })).toMatchObject({ status: 404 });
    const reader = await person({ items: { read: 'all' } });
    const refused = { status: 403, body: { code: 'no-item-change' } };
    for (const dryRun of [true, false])
      expect(await undo(item, 'wait', { key: reader, dryRun })).toMatchObject(refused);
    expect(await undo(item, 'wait', { dryRun: true })).toMatchObject({ status: 200, body: { data: [], cancelled: 1 } });
    expect(await fixture.run(item, 'wait')).toMatchObject(waits);
    expect(await leftBehind(item)).toMatchObject({ told: 0 });

    expect(await undo(item, 'wait')).toMatchObject({ status: 200, body: { data: [], cancelled: 1 } });
    expect(await undo(item, 'wait')).toMatchObject({ status: 409, body: { code: 'nothing-to-undo' } });
    const gone = { state: 'cancelled', reason: { code: 'taken-back' } };
    expect(await fixture.run(item, 'wait')).toMatchObject(gone);
    await fixture.work();
    const changes = { amount: { amount: '6000', currency: 'PLN' } };
    await fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId: item, changes }));
    await fixture.work();
    expect(await fixture.run(item, 'wait')).toMatchObject(gone);
    expect(await fixture.run(item, 'behind')).toMatchObject({ state: 'done' });
  });

  it('but no field that the person may not change, and of a hidden one no value is told', async () => {
    const price = rule('price', 'items/modify', { changes: [{ field: 'amount', value: 700 }] });
    const item = await done([price]);
    const data = [{ about: 'amount', takenBack: false, reason: { code: 'undo-no-right' } }];
    const items = { read: 'all', change: 'all' } as const;
    const limited = await person({ items, fields: { deal: { amount: 'read-only' } } });
    expect(await undo(item, 'price', { key: limited, dryRun: true })).toMatchObject({ status: 200, body: { data } });
    const blind = await person({ items, fields: { deal: { amount: 'hidden' } } });
    const hidden = [{ ...data[0], from: null, to: null, hidden: true }];
    expect(await undo(item, 'price', { key: blind, dryRun: true })).toMatchObject({ body: { data: hidden } });
    expect(await undo(item, 'price', { key: blind })).toMatchObject({ status: 409 });
    expect((await itemOf(item)).amount).toBe('700.00');
  });

  it('but not over what a person has changed since, unless they say so', async () => {
    const changes = [
      { field: 'title', value: 'By a rule' },
      { field: 'amount', value: 700 },
    ];
    const item = await done([rule('both', 'items/modify', { changes })]);
    await fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId: item, changes: { title: 'By Anna' } }));
    const { body } = await undo(item, 'both', { dryRun: true });
    expect(body.data).toMatchObject([
      {
        about: 'title',
        from: 'By Anna',
        takenBack: false,
        reason: { code: 'undo-changed-since', params: { by: 'Anna' } },
      },
      { about: 'amount', takenBack: true },
    ]);
    const all = await undo(item, 'both', { dryRun: true, body: { overwrite: ['title'] } });
    expect(all.body.data[0]).toMatchObject({ about: 'title', to: 'Deal', takenBack: true });
    await undo(item, 'both');
    expect(await itemOf(item)).toMatchObject({ title: 'By Anna', amount: null });
  });

  it('but not over what a later rule has written: the later one is named, and goes first', async () => {
    const again = { changes: [{ field: 'title', value: 'By a later rule' }] };
    const item = await done([
      retitle,
      rule('later', 'items/modify', again, { order: 'after previous', name: 'Later' }),
    ]);
    const { body } = await undo(item, 'retitle', { dryRun: true });
    expect(body.data).toMatchObject([
      { about: 'title', takenBack: false, reason: { code: 'undo-changed-since', params: { by: 'Later' } } },
    ]);
    expect(await undo(item, 'retitle')).toMatchObject({ status: 409, body: { code: 'nothing-to-undo' } });
    await undo(item, 'later');
    expect((await itemOf(item)).title).toBe('By a rule');
    await undo(item, 'retitle');
    expect((await itemOf(item)).title).toBe('Deal');
  });

  it('and starts nothing: what it changes is a signal that no trigger moves by', async () => {
    const back = { id: 'back', on: 'crm/field-changed', stage: 'WARM', settings: { fields: ['title'] } };
    const item = await done([retitle]);
    await decide();
    await fixture.saveBoard({ rules: [retitle], triggers: [back] });
    const stage = (await itemOf(item)).stage_id;
    await undo(item, 'retitle');
    await decide();
    await fixture.work();
    const [decided] = await rows(
      sql`select verdicts::text as said from decisions where item_id = ${item} order by signal_id desc limit 1`,
    );
    expect(JSON.stringify(decided)).toContain('undo');
    expect(await itemOf(item)).toMatchObject({ title: 'Deal', stage_id: stage });
  });
});

describe('what is taken back', () => {
  it('of observers only those whom the rule added, of lists likewise', async () => {
    const item = await done([rule('watch', 'items/observers', { people: ['eve@firm.test'], how: 'add' })]);
    const third = await fixture.addEmployee({ name: 'Ola' });
    await fixture.inside((tx) =>
      changeItem(tx, fixture.acting(), { itemId: item, changes: { observers: [eve.id, third] } }),
    );
    expect((await undo(item, 'watch')).body.data).toMatchObject([{ about: 'observers', takenBack: true }]);
    expect((await itemOf(item)).observer_ids).toEqual([third]);
  });

  it('comments go; lines in the bell that nobody has read, and the others are told of', async () => {
    const item = await done([
      rule('say', 'alerts/comment', { text: 'Hello' }),
      rule('tell', 'alerts/notify', { text: 'Look', recipients: ['responsible', 'eve@firm.test'] }),
    ]);
    await write(sql`update notifications set read_at = now() where employee_id = ${eve.id} and item_id = ${item}`);
    expect((await undo(item, 'say')).body.data).toMatchObject([{ kind: 'comment', about: 'Hello', takenBack: true }]);
    expect((await undo(item, 'tell')).body.data).toMatchObject([
      { kind: 'notification', about: 'Anna', takenBack: true },
      { kind: 'notification', about: 'Eve', takenBack: false, reason: { code: 'undo-read' } },
    ]);
    expect(await rows(sql`select employee_id from notifications where item_id = ${item}`)).toEqual([
      { employee_id: eve.id },
    ]);
    expect(await rows(sql`select id from timeline where item_id = ${item} and kind = 'comment'`)).toEqual([]);
  });

  it('a task that nobody has touched goes with what told of it; one that was worked on stays', async () => {
    const task = (id: string) => rule(id, 'tasks/create', { title: id, responsible: 'eve@firm.test' });
    const item = await done([task('idle'), task('busy'), rule('call', 'tasks/plan-call', { subject: 'Ring' })]);
    const [, busy] = (await rows(sql`select id from tasks where item_id = ${item} order by id`)) as { id: number }[];
    await fixture.inside((tx) =>
      changeTask(
        tx,
        { byId: eve.id, now: fixture.clock.now(), chain: null },
        { id: busy?.id ?? 0, change: { status: 'in-progress' } },
      ),
    );
    expect((await itemOf(item)).fields).toHaveProperty('nextCall');
    expect((await undo(item, 'idle')).body.data).toMatchObject([{ kind: 'task', about: 'idle', takenBack: true }]);
    const kept = { kind: 'task', about: 'busy', takenBack: false, reason: { code: 'undo-worked-on' } };
    expect((await undo(item, 'busy', { dryRun: true })).body.data).toMatchObject([kept]);
    expect(await undo(item, 'busy')).toMatchObject({ status: 409, body: { code: 'nothing-to-undo' } });
    await undo(item, 'call');
    expect(await rows(sql`select title from tasks where item_id = ${item}`)).toEqual([{ title: 'busy' }]);
    expect((await itemOf(item)).fields).toMatchObject({ nextCall: null });
    expect(await rows(sql`select id from notifications where employee_id = ${eve.id} and text like '%idle%'`)).toEqual(
      [],
    );
  });

  it('tasks that a rule has completed are open again', async () => {
    const item = await done([
      rule('task', 'tasks/create', { title: 'Weigh' }),
      rule('finish', 'tasks/complete', {}, { order: 'after previous' }),
    ]);
    expect((await undo(item, 'finish')).body.data).toMatchObject([
      { kind: 'task-status', about: 'Weigh', from: 'completed', to: 'new', takenBack: true },
    ]);
    expect(await rows(sql`select status, closed_at from tasks where item_id = ${item}`)).toEqual([
      { status: 'new', closed_at: null },
    ]);
  });

  it('a letter that has not left goes back; one that has left is said plainly', async () => {
    const mail = (id: string) => rule(id, 'clients/email', { subject: id, text: 'Dear' });
    const contactId = await fixture.addContact({ emails: ['cleo@client.test'] });
    const item = await done([mail('early'), mail('late')], { contactId });
    await write(
      sql`update outbox set state = 'sent', sent_at = now() where id = (select outbox_id from emails where item_id = ${item} and subject = 'early')`,
    );
    const left = {
      kind: 'email',
      about: 'early',
      takenBack: false,
      reason: { code: 'undo-sent', params: { to: 'cleo@client.test' } },
    };
    expect((await undo(item, 'early', { dryRun: true })).body.data).toMatchObject([left]);
    expect((await undo(item, 'late')).body.data).toMatchObject([{ kind: 'email', about: 'late', takenBack: true }]);
    expect(await rows(sql`select subject from emails where item_id = ${item}`)).toEqual([{ subject: 'early' }]);
    expect(await rows(sql`select id from outbox where item_id = ${item}`)).toHaveLength(1);
  });

  it('what was made of the item, and what was written into its client, stays and is said', async () => {
    const contactId = await fixture.addContact({ name: 'Cleo' });
    await fixture.addPipeline({ type: 'invoice', name: 'Invoices' });
    const item = await done(
      [
        rule('make', 'items/create', { type: 'invoice' }),
        rule('rename', 'clients/modify', { client: 'contact', changes: [{ field: 'name', value: 'Cleo VIP' }] }),
      ],
      { contactId },
    );
    const left = (kind: string) => ({ kind, about: '', takenBack: false, reason: { code: 'undo-by-hand' } });
    expect((await undo(item, 'make', { dryRun: true })).body.data).toMatchObject([left('item')]);
    expect((await undo(item, 'rename', { dryRun: true })).body.data).toMatchObject([left('client-fields')]);
    expect(await undo(item, 'make')).toMatchObject({ status: 409, body: { code: 'nothing-to-undo' } });
    expect(await rows(sql`select type from items where parent_id = ${item}`)).toEqual([{ type: 'invoice' }]);
    expect(await rows(sql`select name from contacts where id = ${contactId}`)).toEqual([{ name: 'Cleo VIP' }]);
  });

  it('a converted lead gets its clients and its stage back; what was made of it stays, and is said', async () => {
    const leads = await fixture.addPipeline({ type: 'lead', name: 'Leads' });
    await fixture.saveBoard({ rules: [rule('convert', 'items/convert-lead', {})] }, leads.pipelineId);
    const lead = await fixture.create({ type: 'lead', pipelineId: leads.pipelineId });
    await fixture.work();
    const before = await itemOf(lead);
    expect(before).toMatchObject({ stage_id: leads.stages.WON, contact_id: expect.any(Number) });
    expect((await undo(lead, 'convert')).body.data).toMatchObject([
      { kind: 'stage', takenBack: true },
      { kind: 'item', takenBack: false },
      { kind: 'fields', about: 'contact', takenBack: true },
      { kind: 'client', takenBack: false },
    ]);
    expect(await itemOf(lead)).toMatchObject({ stage_id: leads.stages.NEW, contact_id: null });
    expect(await rows(sql`select type from items where parent_id = ${lead}`)).toEqual([{ type: 'deal' }]);
  });

  it('the item goes back to its stage, no rule of it begins again, and what waited there waits again', async () => {
    const item = await done([
      rule('wait', 'alerts/comment', { text: 'later' }, { time: { after: '2 hours' } }),
      rule('on', 'items/change-stage', { stage: 'WARM' }, { time: { after: '1 hour' } }),
      retitle,
    ]);
    await decide();
    const [before] = await fixture.runs(item);
    fixture.clock.advance(3_600_000);
    server.clock.set(fixture.clock.now());
    await write(sql`update runs set due_at = ${fixture.clock.now()} where item_id = ${item} and rule_id = 'on'`);
    await runDueVisits(fixture.runner, 0);
    expect((await fixture.run(item, 'wait')).state).toBe('cancelled');
    expect((await itemOf(item)).stage_id).toBe(fixture.stages.WARM);

    expect((await undo(item, 'on')).body.data).toMatchObject([{ kind: 'stage', takenBack: true }]);
    expect((await itemOf(item)).stage_id).toBe(fixture.stages.NEW);
    const runs = (await fixture.runs(item)).filter(({ visitId }) => visitId !== before?.visitId);
    expect(runs.map(({ ruleId, state }) => [ruleId, state])).toEqual([['wait', 'waiting']]);
    await decide();
    fixture.clock.advance(3_600_000);
    await runDueVisits(fixture.runner, 0);
    expect(await rows(sql`select text from timeline where item_id = ${item} and kind = 'comment'`)).toEqual([
      { text: 'later' },
    ]);
  });
});

describe('what is offered to be taken back', () => {
  const task = rule('task', 'tasks/create', { title: 'Weigh', responsible: 'eve@firm.test' });
  const mail = rule('mail', 'alerts/email-employee', { subject: 'S', text: 'T', to: ['responsible'] });
  const tell = rule('tell', 'alerts/notify', { text: 'Look', recipients: ['eve@firm.test'] });
  const say = rule('say', 'alerts/comment', { text: 'Hello' });
  const on = rule('on', 'items/change-stage', { stage: 'WARM' }, { order: 'after previous' });
  const offered = async (item: number, key = admin) => {
    const { data } = (await server.call('GET', `/api/v1/items/${item}/runs`, { key })).body;
    return data.flatMap((run: { rule: string; undoable: boolean }) => (run.undoable ? run.rule : []));
  };

  it.each<[string, readonly object[], (item: number) => Promise<unknown>]>([
    [
      'a letter until it has left',
      [mail],
      (item) => write(sql`update outbox set state = 'sent' where item_id = ${item}`),
    ],
    [
      'a line in the bell until it is read',
      [tell],
      (item) => write(sql`update notifications set read_at = now() where item_id = ${item}`),
    ],
    ['a comment while it stands there', [say], (item) => write(sql`delete from timeline where item_id = ${item}`)],
    ['a task until somebody works on it', [task], (item) => workOn(item)],
    ['a task until somebody has deleted it', [task], (item) => write(sql`delete from tasks where item_id = ${item}`)],
    ['a move until the item has moved on', [on], (item) => fixture.move(item, 'OFFER')],
    ['fields until they are as they were', [retitle], (item) => titled(item, 'Deal')],
  ])('is %s', async (_, rules, happens) => {
    const item = await done(rules);
    const all = rules.map((one) => Object(one).id);
    expect(await offered(item)).toEqual(all);
    await happens(item);
    expect(await offered(item)).toEqual([]);
  });

  it('is a field that somebody has changed since, for it can be set back all the same, but not to who may not change it', async () => {
    const item = await done([retitle, mail]);
    await titled(item, 'By Anna');
    await write(sql`update outbox set state = 'sent' where item_id = ${item}`);
    expect(await offered(item)).toEqual(['retitle']);
    const items = { read: 'all', change: 'all' } as const;
    const limited = await person({ items, fields: { deal: { title: 'read-only' } } });
    expect(await offered(item, limited)).toEqual([]);
  });

  const titled = (itemId: number, title: string) =>
    fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId, changes: { title } }));
  const workOn = async (item: number) => {
    const [made] = (await rows(sql`select id from tasks where item_id = ${item}`)) as { id: number }[];
    const acting = { byId: eve.id, now: fixture.clock.now(), chain: null };
    const worked = { id: made?.id ?? 0, change: { status: 'in-progress' } } as const;
    await fixture.inside((tx) => changeTask(tx, acting, worked));
  };
});

describe('a whole visit is taken back', () => {
  it('the last rule first, with what waits cancelled, and to the stage before if that is wanted', async () => {
    await fixture.saveBoard({
      rules: [
        rule('one', 'items/modify', { changes: [{ field: 'title', value: 'One' }] }),
        rule('two', 'items/modify', { changes: [{ field: 'title', value: 'Two' }] }, { order: 'after previous' }),
        rule('later', 'alerts/comment', { text: 'x' }, { time: { after: '1 day' } }),
      ],
    });
    const item = await fixture.create({ stageCode: 'OFFER' });
    await fixture.move(item, 'NEW');
    await fixture.work();
    expect((await itemOf(item)).title).toBe('Two');
    const answer = await undoStage(item, { moveBack: true });
    expect(answer).toMatchObject({ status: 200, body: { cancelled: 1 } });
    expect(answer.body.data).toMatchObject([
      { rule: { name: expect.anything() }, from: 'Two', to: 'One', takenBack: true },
      { from: 'One', to: 'Deal', takenBack: true },
      { run: null, kind: 'stage', takenBack: true },
    ]);
    expect(await itemOf(item)).toMatchObject({ title: 'Deal', stage_id: fixture.stages.OFFER });
    expect(await undoStage(item)).toMatchObject({ status: 409, body: { code: 'nothing-to-undo' } });
    expect(
      await server.call('POST', `/api/v1/items/${item}/automation/undo`, { key: admin, body: { visit: 999_999 } }),
    ).toMatchObject({ status: 404 });
  });

  it('and a letter of it that has left is not called taken back', async () => {
    const contactId = await fixture.addContact({ emails: ['dora@client.test'] });
    const mail = rule('mail', 'clients/email', { subject: 'Offer', text: 'Dear' });
    const item = await done([retitle, mail], { contactId });
    await write(sql`update outbox set state = 'sent', sent_at = now() where item_id = ${item}`);
    expect((await undoStage(item)).body.data).toMatchObject([
      { kind: 'email', takenBack: false, reason: { code: 'undo-sent' } },
      { about: 'title', takenBack: true },
    ]);
    expect(
      await rows(sql`select rule_id, undone_at is not null as back from runs where item_id = ${item} order by id`),
    ).toEqual([
      { rule_id: 'retitle', back: true },
      { rule_id: 'mail', back: false },
    ]);
  });

  it('not to the stage before when the item has moved on', async () => {
    await fixture.saveBoard({ rules: [retitle] });
    const item = await fixture.create({ stageCode: 'OFFER' });
    await fixture.move(item, 'NEW');
    await fixture.work();
    await fixture.move(item, 'WARM');
    const { body } = await undoStage(item, { moveBack: true });
    expect(body.data).toMatchObject([
      { about: 'title', takenBack: true },
      { kind: 'stage', takenBack: false, reason: { code: 'undo-moved-since' } },
    ]);
    expect((await itemOf(item)).stage_id).toBe(fixture.stages.WARM);
  });
});
