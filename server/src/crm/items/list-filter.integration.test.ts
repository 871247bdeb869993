import type { Condition } from '@signalbox/automation/kit/condition.ts';
import { parseCondition } from '@signalbox/automation/kit/condition-parse.ts';
import { compileCondition } from '@signalbox/automation/kit/conditions.ts';
import { operatorsOf } from '@signalbox/automation/kit/operator-kinds.ts';
import type { FieldKind } from '@signalbox/automation/kit/values.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { engineBench } from '../../automation/testing-drain.ts';
import type { Tx } from '../../platform/db.ts';
import { makeFixture } from '../../platform/fixtures.ts';
import { loadReference, type Reference } from '../workspace-facts.ts';
import { findFew } from './find-few.store.ts';
import { makeItemFacts } from './item-facts.ts';
import { loadItemRows } from './items.store.ts';
import { findPlaces } from './list-items.store.ts';
import { listItems } from './list-items.ts';
import { narrowFilter } from './narrow-filter.ts';
import { loadPlainLetters } from './plain-letters.ts';

const bench = engineBench();

const customKinds: readonly FieldKind[] = [
  'text',
  'number',
  'money',
  'date',
  'dateTime',
  'yesNo',
  'choice',
  'multiChoice',
  'person',
  'client',
  'phone',
];
// What people write, and what they never should have: other kinds' values, odd numbers, letters whose case is a trap.
const values = [
  ...[
    'Retail',
    'wholesale',
    'one',
    'ONE',
    'two',
    'Zażółć',
    'ZAŻÓŁĆ',
    '20 \u212a',
    '20 k',
    'İstanbul',
    'i\u0307stanbul',
  ],
  ...[
    'ΣΑΣ',
    'σας',
    'straße',
    'STRASSE',
    '100%',
    'a_b',
    'say "hi"\\',
    'two\nlines',
    '',
    '  ',
    '5',
    '05',
    '5.0',
    '\u00a05',
    '1e21',
  ],
  ...[
    'true',
    'Yes',
    'no',
    '2026-11-21',
    '2026-11-21T10:00:00Z',
    '2026-11-22 01:00',
    '42',
    'anna',
    '5 EUR',
    'x'.repeat(90),
  ],
  ...[5, 5.5, 0, -3, 1e21, 1e-9, 42, true, false, null],
  ...[
    { amount: '5.00', currency: 'EUR' },
    { amount: '20', currency: 'PLN' },
    { amount: '7', currency: 'XXX' },
  ],
];
const value = fc.oneof(fc.constantFrom(...values), fc.array(fc.constantFrom(...values.slice(0, -3)), { maxLength: 3 }));
const record = fc.dictionary(fc.constantFrom(...customKinds), value, { maxKeys: 8 });

const standard: readonly (readonly [string, FieldKind])[] = [
  ['title', 'text'],
  ['amount', 'money'],
  ['currency', 'text'],
  ['responsible', 'person'],
  ['creator', 'person'],
  ['contact', 'client'],
  ['company', 'client'],
  ['client.name', 'text'],
  ['createdAt', 'dateTime'],
  ['updatedAt', 'dateTime'],
  ['stage', 'text'],
  ['pipeline', 'text'],
  ['source', 'text'],
];
const fields = [...standard, ...customKinds.map((kind) => [kind, kind] as const)];
const part = fc.constantFrom(...fields).chain(([field, kind]) =>
  fc.record({
    field: fc.constantFrom(field, `item.${field}`),
    is: fc.constantFrom(...operatorsOf(kind).filter((is) => is !== 'changed')),
    value: fc.oneof(
      value,
      fc.constantFrom('2 days', ['09:00', '17:00'], ['mon', 'sun'], 'NEW', 'new', 'Sales', 'nna', 900),
    ),
    matchCase: fc.boolean(),
  }),
);
const { filter } = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof(
    { weight: 5, arbitrary: part },
    fc.record({ all: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
}));

const stages = ['NEW', 'OFFER', 'WON'];
const now = new Date('2026-11-21T12:00:00Z');

beforeEach(async () => {
  const { inside, addContact, addCompany, addItem, workspaceId, employeeId } = bench.here();
  const clients = [
    await addContact({ name: '42' }),
    await addContact({ name: 'ANNA' }),
    await addContact({ name: 'Wholesale' }),
  ];
  const companyId = await addCompany({ name: '42' });
  await inside(async (tx) => {
    await sql`update workspaces set rates = ${JSON.stringify({ PLN: '0.25', USD: '0.9' })} where id = ${workspaceId}`.execute(
      tx,
    );
    for (const kind of customKinds) await addField(tx, workspaceId, kind);
  });
  const made = fc.sample(fc.tuple(record, fc.constantFrom(...values), fc.nat(1000)), { numRuns: 150, seed: 20261121 });
  for (const [at, [own, title, chance]] of made.entries()) {
    const id = await addItem({
      title: String(title),
      stage: stages[chance % 3] ?? 'NEW',
      amount: chance % 5 === 0 ? null : String((chance % 40) / 2),
      contactId: chance % 2 === 0 ? (clients[chance % 3] ?? null) : null,
      companyId: chance % 3 === 0 ? companyId : null,
      fields: own,
      updatedAt: new Date(now.getTime() - (chance % 100) * 3_600_000),
    });
    await inside((tx) =>
      sql`update items set currency = ${['EUR', 'PLN', 'XXX', null][at % 4]}, responsible_id = ${at % 6 === 0 ? null : employeeId},
        created_at = ${now}::timestamptz - ${at} * interval '6 hours 0.0004 seconds' where id = ${id} and workspace_id = ${workspaceId}`.execute(
        tx,
      ),
    );
  }
});

function addField(tx: Tx, workspaceId: number, kind: FieldKind) {
  const options = kind.endsWith('hoice')
    ? [
        { value: 'one', name: 'Retail' },
        { value: '5', name: 'Straße' },
      ]
    : [];
  return sql`insert into fields (workspace_id, type, code, name, kind, options)
    values (${workspaceId}, 'deal', ${kind}, ${kind}, ${kind}, ${JSON.stringify(options)})`.execute(tx);
}

test('6 a list with a filter is what a trigger would say of every item, one by one', async () => {
  const { inside } = bench.here();
  const sorts = fc.constantFrom(undefined, 'title', '-amount', 'createdAt', '-updatedAt', 'movedAt');
  await fc.assert(
    fc.asyncProperty(filter, sorts, async (raw, sort) => {
      await inside(async (tx) => {
        const reference = await loadReference(tx);
        const { condition } = parseCondition(raw, { fields: reference.fieldsOf('deal') });
        if (condition === null) return;
        const expected = await judgeAll(tx, condition, reference);
        const listed = await listAll(tx, { filter: JSON.stringify(condition), sort });
        expect(listed.toSorted()).toEqual(expected.toSorted());
        await checkNarrowing(tx, condition, { reference, expected });
      });
    }),
    { numRuns: 250 },
  );
}, 120_000);

async function judgeAll(tx: Tx, condition: Condition, reference: Reference): Promise<number[]> {
  const places = await findPlaces(tx, { limit: 1000 });
  const rows = await loadItemRows(
    tx,
    places.map(({ id }) => id),
    { lock: false },
  );
  const holds = compileCondition(condition);
  const facts = await makeItemFacts(tx, rows, reference);
  const held = [...facts.values()].filter(
    (item) => holds({ item, workspace: reference.workspace, at: now.getTime() }).holds,
  );
  return held.map(({ id }) => id);
}

async function listAll(tx: Tx, query: { filter: string; sort: string | undefined }): Promise<number[]> {
  const ids: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listItems(tx, { type: 'deal', ...query, limit: 60, cursor, now });
    ids.push(...page.data.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
}

// Whether the items are few decides which of the two ways a list goes; neither may lose one.
async function checkNarrowing(
  tx: Tx,
  condition: Condition,
  { reference, expected }: { reference: Reference; expected: readonly number[] },
): Promise<void> {
  const { workspaceId } = bench.here();
  const isPlain = await loadPlainLetters(tx, condition);
  const { where, few } = narrowFilter(condition, { workspaceId, type: 'deal', reference, at: now.getTime(), isPlain });
  const walked = await findPlaces(tx, { narrow: where, limit: 1000 });
  expect(walked.map(({ id }) => id)).toEqual(expect.arrayContaining([...expected]));
  if (few !== undefined) expect((await findFew(tx, few)) ?? expected).toEqual(expect.arrayContaining([...expected]));
}

// Where the database knows other words, numbers or moments than a trigger: chance meets them too seldom.
const traps: readonly (readonly [string, object, unknown, unknown])[] = [
  ['number', { is: 'equals' }, '05', 5],
  ['number', { is: 'in' }, 1e-9, [1e-9]],
  ['number', { is: 'between' }, 7.5, { from: 7.5, to: 7.5 }],
  ['text', { is: 'equals' }, 'ΣΑΣ', 'σας'],
  ['text', { is: 'contains' }, 'ΟΔΟΣ ΣΟΦΙΑΣ', 'οδος'],
  ['text', { is: 'starts with' }, 'İzmir', 'i̇zm'],
  ['text', { is: 'equals' }, 5, '5.0'],
  ['date', { is: 'at least' }, '2026-11-21', '2026-11-21'],
  ['date', { is: 'at most' }, '2026-11-21', '2026-11-21'],
  ['dateTime', { is: 'equals' }, '2026-11-21T23:30:00-05:00', '2026-11-22T04:30:00Z'],
  ['multiChoice', { is: 'contains' }, ['one'], 'Retail'],
];
test.each(traps)('6 %s %j: %j is found by %j', async (field, is, own, value) => {
  const { inside, addItem } = bench.here();
  const id = await addItem({ fields: { [field]: own } });
  await inside(async (tx) => {
    const reference = await loadReference(tx);
    const { condition } = parseCondition({ field, ...is, value }, { fields: reference.fieldsOf('deal') });
    if (condition === null) throw new Error('the condition cannot be read');
    const expected = await judgeAll(tx, condition, reference);
    expect(expected).toContain(id);
    expect(await listAll(tx, { filter: JSON.stringify(condition), sort: undefined })).toContain(id);
    await checkNarrowing(tx, condition, { reference, expected });
  });
});

test('finds columns by every name that they have: no currency is our own, people by address, clients by company', async () => {
  const { inside, addItem, addEmployee, addCompany, workspaceId } = bench.here();
  const responsibleId = await addEmployee({ name: 'Zoe', email: 'zoe@firm.test' });
  const companyId = await addCompany({ name: 'Mill Works' });
  const id = await addItem({ title: 'ΛΟΓΟΣ', amount: '777', companyId });
  await inside((tx) =>
    sql`update items set currency = null, responsible_id = ${responsibleId} where workspace_id = ${workspaceId} and id = ${id}`.execute(
      tx,
    ),
  );
  for (const filter of [
    { field: 'amount', is: 'equals', value: 777 },
    { field: 'amount', is: 'between', value: { from: '777 EUR', to: '777.00' } },
    { field: 'responsible', is: 'equals', value: 'zoe@firm.test' },
    { field: 'responsible', is: 'in', value: ['Zoe'] },
    { field: 'title', is: 'equals', value: 'λογος 1' },
    { field: 'title', is: 'contains', value: 'ΓΟΣ' },
    { field: 'company', is: 'equals', value: 'mill works' },
  ]) {
    const found = await inside((tx) => listAll(tx, { filter: JSON.stringify(filter), sort: undefined }));
    expect(found, JSON.stringify(filter)).toEqual([id]);
  }
  const searched = await inside((tx) => listItems(tx, { q: 'mill wo', limit: 50, now }));
  expect(searched.data.map((item) => item.id)).toEqual([id]);
});

test('finds all of those that are no few', async () => {
  const { inside, addItems } = bench.here();
  const ids = await addItems(2_100, { title: 'Herring', fields: { text: 'Barrel' } });
  for (const filter of [
    { field: 'text', is: 'equals', value: 'barrel' },
    { field: 'title', is: 'contains', value: 'herring' },
  ]) {
    const found = await inside((tx) => listAll(tx, { filter: JSON.stringify(filter), sort: undefined }));
    expect(found.toSorted((one, other) => one - other)).toEqual(ids);
  }
});

test('finds the few among many by what they hold, and what was changed since by its new value alone', async () => {
  const { inside, addItem, workspaceId } = bench.here();
  const id = await addItem({ title: 'Roof', fields: { text: 'Herbstmesse' } });
  const find = (text: string) =>
    inside((tx) =>
      listAll(tx, { filter: JSON.stringify({ field: 'text', is: 'contains', value: text }), sort: undefined }),
    );
  expect(await find('HERBST')).toEqual([id]);
  await inside((tx) =>
    sql`update items set fields = '{"text": "Spring"}' where workspace_id = ${workspaceId} and id = ${id}`.execute(tx),
  );
  expect([await find('herbst'), await find('spring')]).toEqual([[], [id]]);
  await inside((tx) => sql`delete from items where workspace_id = ${workspaceId} and id = ${id}`.execute(tx));
  expect(await find('spring')).toEqual([]);
});

test('searching finds titles, numbers, clients by name and address; never what another workspace has', async () => {
  const { inside, addItem, addContact } = bench.here();
  const contactId = await addContact({ name: 'Ewa Kowalska', emails: ['ewa@mill.test'], phones: ['+48601234567'] });
  const id = await addItem({ title: 'Gräfin 100% sure', contactId });
  const find = (q: string) =>
    inside(async (tx) => (await listItems(tx, { q, limit: 50, now })).data.map((item) => item.id));
  for (const q of ['GRÄFIN', '100% s', `#${id}`, 'kowalsk', 'mill.te', '601 234', 'ow'])
    expect(await find(q), q).toContain(id);
  expect(await find('100_')).toEqual([]);
  const other = await makeFixture(bench.database());
  await other.addItem({ title: 'Gräfin elsewhere' });
  expect(await find('gräfin')).toEqual([id]);
  expect(
    await other.inside((tx) => sql`select signalbox_find('words', array['%sure%'], 10)`.execute(tx)),
  ).toMatchObject({ rows: [] });
});

test('pages over equal sort keys lose and double nothing while items come in between', async () => {
  const { inside, addItems } = bench.here();
  const before = await addItems(60, { title: 'Same', amount: '5' });
  for (const sort of ['amount', '-amount', 'title', '-createdAt', 'updatedAt', undefined]) {
    const ids: number[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await inside((tx) => listItems(tx, { type: 'deal', sort, q: 'sa', limit: 7, cursor, now }));
      ids.push(...page.data.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
      await addItems(2, { title: 'Same', amount: '5' });
      if (ids.length > 1000) break;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(before));
  }
});
