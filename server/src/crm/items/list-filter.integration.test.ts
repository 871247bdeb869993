import type { Condition } from '@signalbox/automation/kit/conditions/condition.ts';
import { operatorsOf } from '@signalbox/automation/kit/conditions/operator-kinds.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { engineBench } from '../../automation/drain/testing-drain.ts';
import { UserError } from '../../platform/errors.ts';
import { makeFixture } from '../../platform/fixtures.ts';
import { loadReference, type Reference } from '../facts/workspace-facts.ts';
import { listItems } from './list-items.ts';
import { parseFilter } from './narrowing/parse-filter.ts';
import { addField, checkNarrowing, customKinds, judgeAll, listAll, now } from './testing-lists.ts';

const bench = engineBench();

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
  // Spellings of one value: letters and blanks, numbers, addresses, links.
  ...['Zaz\u0307o\u0301łc\u0301', 'zażółć\u00a0', 'two  lines', 'two\u00a0lines', 'a\u200b_\u00adb', 'Re\u00adtail'],
  ...[
    '+48600100200',
    '600 100 200',
    '0048 (600) 100-200',
    '+48 (0) 600 100 200',
    '600100200',
    '100',
    '+49030123456',
    '+4930',
  ],
  ...['030 123456', 'tel:+4930123456', '+48600100200;ext=12', '+48 600 100 200 ext. 12', '\u00a0600 100 200'],
  ...[
    'anna@mueller.test',
    'Anna@MÜLLER.test',
    'anna@xn--mller-kva.test.',
    'Anna <anna@müller.test>',
    'müller',
    '@xn--mller',
  ],
  ...[
    'https://shop.example',
    'HTTPS://shop.example/',
    'https://müller.test/gr%c3%b6%C3%9Fe',
    'https://xn--mller-kva.test:443/größe',
  ],
  ...['shop.example', 'https://shop.example/a/b', 'https://shop.example/a%2fb?x=1', '/größe', 'shop.example/a'],
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
      fc.constantFrom('today', 'today - 9 days', 'start of month', 'now - 30 hours', ['yesterday', 'today']),
      fc
        .integer({ min: -1, max: 20 })
        .map((days) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10)),
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
  const ids = await Promise.all(
    made.map(([own, title, chance]) =>
      addItem({
        title: String(title),
        stage: stages[chance % 3] ?? 'NEW',
        amount: chance % 5 === 0 ? null : String((chance % 40) / 2),
        contactId: chance % 2 === 0 ? (clients[chance % 3] ?? null) : null,
        companyId: chance % 3 === 0 ? companyId : null,
        fields: own,
        updatedAt: new Date(now.getTime() - (chance % 100) * 3_600_000),
      }),
    ),
  );
  await inside((tx) =>
    sql`update items set currency = (array['EUR', 'PLN', 'XXX', null])[1 + made.at % 4],
      responsible_id = case when made.at % 6 = 0 then null else ${employeeId}::bigint end,
      created_at = ${now}::timestamptz - made.at * interval '6 hours 0.0004 seconds'
      from (select id, (n - 1)::int as at from unnest(${ids}::bigint[]) with ordinality given (id, n)) made
      where items.id = made.id and items.workspace_id = ${workspaceId}`.execute(tx),
  );
});

test('6 a list with a filter is what a trigger would say of every item, one by one', async () => {
  const { inside } = bench.here();
  const sorts = fc.constantFrom(undefined, 'title', '-amount', 'createdAt', '-updatedAt', 'movedAt');
  await fc.assert(
    fc.asyncProperty(filter, sorts, async (raw, sort) => {
      await inside(async (tx) => {
        const reference = await loadReference(tx);
        const condition = readFilter(raw, reference);
        if (condition === null) return;
        const expected = await judgeAll(tx, condition, reference);
        const listed = await listAll(tx, { filter: JSON.stringify(condition), sort });
        expect(listed.toSorted()).toEqual(expected.toSorted());
        await checkNarrowing(tx, condition, { reference, expected });
      });
    }),
    {
      numRuns: 250,
      // A moment in the field of a phone.
      examples: [[{ field: 'phone', is: 'starts with', value: '2026-11-21', matchCase: false }, undefined]],
    },
  );
});

/** Null: no list can be asked so. */
function readFilter(raw: unknown, reference: Reference): Condition | null {
  try {
    return parseFilter(JSON.stringify(raw), 'deal', reference);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

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
  for (const q of ['Gra\u0308fin\u00a0100%', '  gräfin   100% sure ', 'E\u00adwa', 'ewa@MILL.test.'])
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
