import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listUndoable } from '../../automation/log/list-undoable.ts';
import { makeRunFixture, type RunFixture } from '../../automation/running/testing-runs.ts';
import { type Undone, undoRun, undoVisit } from '../../automation/undo/undo-runs.ts';
import { undoes } from './undoes.ts';

let fixture: RunFixture;
let contactId: number;
let count = 0;

beforeAll(async () => {
  fixture = await makeRunFixture();
  await fixture.addEmployee({ name: 'Eve', email: 'eve@firm.test' });
  await fixture.addChannel({ kind: 'mailbox', name: 'sales@firm.test', settings: { address: 'sales@firm.test' } });
  contactId = await fixture.addContact({ emails: ['cleo@client.test'] });
  const fields = [
    { code: 'note', kind: 'text', multiple: false },
    { code: 'size', kind: 'number', multiple: false },
    { code: 'tags', kind: 'text', multiple: true },
  ];
  await fixture.inside(async (tx) => {
    const rows = fields.map((field) => ({
      ...field,
      workspace_id: fixture.workspaceId,
      type: 'deal',
      name: field.code,
    }));
    await tx.insertInto('fields').values(rows).execute();
  });
});
afterAll(() => fixture.close());

const people = fc.constantFrom('responsible', 'eve@firm.test');
const text = fc.string({ minLength: 1, maxLength: 12 }).map((some) => `t ${some.replaceAll(/[{}%]/g, '')} .`);
const change = fc.oneof(
  fc.record({ field: fc.constantFrom('title', 'note'), value: text }),
  fc.record({ field: fc.constantFrom('amount', 'size'), value: fc.integer({ min: 0, max: 9_999 }) }),
  fc.record({
    field: fc.constant('tags'),
    value: text.map((one) => [one]),
    mode: fc.constantFrom('replace', 'append'),
  }),
);
const settings = fc.oneof(
  fc.record({
    do: fc.constant('items/modify'),
    settings: fc.record({ changes: fc.array(change, { minLength: 1, maxLength: 3 }) }),
  }),
  fc.record({
    do: fc.constant('items/observers'),
    settings: fc.record({
      people: fc.array(people, { minLength: 1 }),
      how: fc.constantFrom('add', 'remove', 'replace'),
    }),
  }),
  fc.record({
    do: fc.constant('items/change-responsible'),
    settings: fc.record({ people: fc.array(people, { minLength: 1 }) }),
  }),
  fc.record({
    do: fc.constant('items/change-stage'),
    settings: fc.record({ stage: fc.constantFrom('OFFER', 'WARM') }),
  }),
  fc.record({ do: fc.constant('alerts/comment'), settings: fc.record({ text }) }),
  fc.record({
    do: fc.constant('alerts/notify'),
    settings: fc.record({ text, recipients: fc.array(people, { minLength: 1 }) }),
  }),
  fc.record({
    do: fc.constant('alerts/email-employee'),
    settings: fc.record({ subject: text, text, to: fc.array(people, { minLength: 1 }) }),
  }),
  fc.record({ do: fc.constant('clients/email'), settings: fc.record({ subject: text, text }) }),
  fc.record({
    do: fc.constant('tasks/create'),
    settings: fc.record({ title: text, responsible: people, wait: fc.boolean() }),
  }),
  fc.record({
    do: fc.constant('tasks/plan-call'),
    settings: fc.record({ subject: text, kind: fc.constantFrom('call', 'meeting') }),
  }),
  fc.record({ do: fc.constant('tasks/complete'), settings: fc.constant({}) }),
);
const rules = fc.array(fc.record({ rule: settings, order: fc.constantFrom('in parallel', 'after previous') }), {
  minLength: 1,
  maxLength: 6,
});
const story = fc.record({
  rules,
  hasAmount: fc.boolean(),
  atOnce: fc.boolean(),
  leaves: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  read: fc.boolean(),
});
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/** What can be restored, as it stands now. */
async function standing(item: number) {
  const all = async (query: ReturnType<typeof sql>) => (await fixture.inside((tx) => query.execute(tx))).rows;
  return {
    item: await all(sql`select pipeline_id, stage_id, title, amount, currency, responsible_id, observer_ids, contact_id, company_id,
      jsonb_strip_nulls(fields) as fields from items where id = ${item}`),
    tasks: await all(sql`select id, title, status from tasks where item_id = ${item}`),
    told: await all(
      sql`select kind, text from timeline where item_id = ${item} and kind in ('comment', 'task', 'email')`,
    ),
    unread: await all(
      sql`select n.id from notifications n where n.read_at is null and (n.item_id = ${item} or n.task_id in (select id from tasks where item_id = ${item}))`,
    ),
  };
}

async function play({ rules: given, hasAmount, leaves, read }: Story) {
  count += 1;
  const board = given.map(({ rule, order }, place) => ({ ...rule, id: `rule-${place}`, stage: 'NEW', order }));
  await fixture.saveBoard({ rules: board });
  const item = await fixture.create({
    title: `Deal ${count}`,
    stageCode: 'LOST',
    contactId,
    ...(hasAmount && { amount: '10.00', currency: 'USD' }),
    fields: { tags: ['old'] },
  });
  await fixture.move(item, 'NEW');
  const before = await standing(item);
  await fixture.work();
  await fixture.work();
  const write = (query: ReturnType<typeof sql>) => fixture.inside(async (tx) => void (await query.execute(tx)));
  const { rows: queued } = await fixture.inside((tx) =>
    sql<{ id: number }>`select id from outbox where item_id = ${item} order by id`.execute(tx),
  );
  const left = queued.filter((_, place) => leaves[place]).map(({ id }) => id);
  for (const id of left) await write(sql`update outbox set state = 'sent', sent_at = now() where id = ${id}`);
  if (read)
    await write(
      sql`update notifications set read_at = now() where item_id = ${item} and employee_id = ${fixture.employeeId}`,
    );
  return { item, before, left };
}

/** By run: whether taking back is offered, and whether something of it comes back, or would over what was changed since. */
async function offers(item: number) {
  const runs = (await fixture.runs(item)).filter(({ did }) => did !== null);
  const looking = { rights: undefined, item: { id: item, type: 'deal' } };
  const offered = await fixture.inside((tx) => listUndoable(undoes, { tx, ...looking }, runs));
  const possible = new Set<number>();
  for (const { id } of runs)
    for (const { reason } of await tryOut(id))
      if (reason === null || reason.code === 'undo-changed-since') possible.add(id);
  return { offered, possible };
}

async function tryOut(id: number): Promise<Undone['parts']> {
  let parts: Undone['parts'] = [];
  const wish = { id, undoes, overwrite: [], dryRun: true };
  const tried = fixture.inside(async (tx) => {
    ({ parts } = await undoRun(tx, fixture.acting(), wish));
    throw new Error('only tried');
  });
  await expect(tried).rejects.toThrow('only tried');
  return parts;
}

async function takeBack(item: number, atOnce: boolean): Promise<Undone['parts']> {
  const runs = await fixture.runs(item);
  // Where nothing can be taken back it would be refused; here its list is wanted.
  const wish = { undoes, overwrite: [], dryRun: true };
  const parts: Undone['parts'][number][] = [];
  if (atOnce) {
    const visitId = runs.find(({ did }) => did !== null)?.visitId;
    if (visitId === undefined) return [];
    const all = { itemId: item, visitId, moveBack: false, ...wish };
    return (await fixture.inside((tx) => undoVisit(tx, fixture.acting(), all))).parts;
  }
  const did = runs.filter((run) => run.did !== null);
  const lastFirst = did.toSorted(
    (a, b) => (b.endedAt?.getTime() ?? Infinity) - (a.endedAt?.getTime() ?? Infinity) || b.id - a.id,
  );
  for (const { id } of lastFirst)
    parts.push(...(await fixture.inside((tx) => undoRun(tx, fixture.acting(), { id, ...wish }))).parts);
  return parts;
}

it('do, undo: offered is what can be restored, and that is as it was before; what can not is listed, and is what has left the outbox', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (one) => {
      const { item, before, left } = await play(one);
      const { offered, possible } = await offers(item);
      expect(offered).toEqual(possible);
      const parts = await takeBack(item, one.atOnce);
      const stays = parts.filter(({ reason }) => reason !== null);
      const codes = new Set(stays.map(({ reason }) => reason?.code));
      expect(
        [...codes].filter((code) => code !== 'undo-sent' && code !== 'undo-read' && code !== 'undo-not-again'),
      ).toEqual([]);
      const outside = await fixture.inside((tx) =>
        sql<{ id: number }>`select id from outbox where item_id = ${item} order by id`.execute(tx),
      );
      expect(outside.rows.map(({ id }) => id)).toEqual(left);
      expect(stays.filter(({ reason }) => reason?.code === 'undo-sent')).toHaveLength(left.length);
      const after = await standing(item);
      expect(after.item).toEqual(before.item);
      expect(after.tasks).toEqual(before.tasks);
      expect(after.unread).toEqual(before.unread);
      expect(after.told.filter((entry) => Object(entry).kind !== 'email')).toEqual(before.told);
    }),
    { numRuns: 20 },
  );
});
