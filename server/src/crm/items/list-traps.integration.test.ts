import { parseCondition } from '@signalbox/automation/kit/conditions/condition-parse.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { engineBench } from '../../automation/drain/testing-drain.ts';
import { loadReference } from '../facts/workspace-facts.ts';
import { listItems } from './list-items.ts';
import { loadPlainLetters } from './narrowing/plain-letters.ts';
import { addField, checkNarrowing, customKinds, judgeAll, listAll, now } from './testing-lists.ts';

const bench = engineBench();
beforeEach(async () => {
  const { inside, workspaceId } = bench.here();
  await inside(async (tx) => {
    for (const kind of customKinds) await addField(tx, workspaceId, kind);
  });
});

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

test('6 the database folds texts as conditions do, whatever they are written in', async () => {
  const unit = fc.oneof(
    fc.constantFrom(
      'e\u0301',
      'É',
      'Ł',
      'ς',
      'Σ',
      'ß',
      'ẞ',
      '\u212b',
      '\u200b',
      '\u00a0',
      '\u2003',
      '\t',
      '\r\n',
      ' ',
      '\ufe0f',
      '\u00ad',
      '"',
      '\\',
      '\\n',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
  );
  const texts = fc.sample(
    fc.array(unit, { maxLength: 8 }).map((parts) => parts.join('').replaceAll('\0', '')),
    {
      numRuns: 3_000,
      seed: 20261201,
    },
  );
  await bench.here().inside(async (tx) => {
    const known = await loadPlainLetters(tx, { field: 'title', is: 'in', value: texts });
    const plain = texts.filter((text) => known(text));
    expect(plain.length).toBeGreaterThan(2_000);
    const { rows } = await sql<{ folded: string; words: string }>`
      select signalbox_normal(t) as folded, signalbox_normal_json(to_jsonb(t)::text) as words from unnest(${plain}::text[]) with ordinality u (t, at) order by at`.execute(
      tx,
    );
    expect(rows.map(({ folded }) => folded)).toEqual(plain.map(foldedText));
    const pieces = plain.map((text) => JSON.stringify(foldedText(text)).slice(1, -1));
    expect(
      rows.filter(({ words }, at) => !words.includes(pieces[at] ?? '') && !/\p{Cc}/u.test(plain[at] ?? '')),
    ).toEqual([]);
  });
});
