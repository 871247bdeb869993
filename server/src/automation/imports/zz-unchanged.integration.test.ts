import { keepsValue } from '@signalbox/automation/kit/field-kinds/keeps-value.ts';
import { type FieldKind, type FieldSpec, type FieldValue, isEmpty } from '@signalbox/automation/kit/values/values.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readAddresses } from '../../crm/client-book/addresses.ts';
import { putKeys } from '../../crm/csv/record-keys.store.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { insertField } from '../../crm/fields/fields.store.ts';
import { engineBench } from '../drain/testing-drain.ts';
import { createClients } from './rows/create-clients.store.ts';
import { createItems } from './rows/create-items.store.ts';
import { bringFileIn, exported, type Home } from './testing-import.ts';

const bench = engineBench();
const home = (): Home => ({ context: bench.context(), here: bench.here() });

const options = ['red', 'Red, dark', 'a/b', 'x; y', '=1+1', '"quoted"'].map((name, n) => ({ value: `o${n}`, name }));
const kinds: readonly (readonly [FieldKind, boolean])[] = [
  ...(['text', 'number', 'money', 'date', 'dateTime', 'yesNo', 'choice', 'multiChoice'] as const).map(
    (kind) => [kind, false] as const,
  ),
  ...(['person', 'link', 'phone', 'email', 'address', 'client'] as const).map((kind) => [kind, false] as const),
  ...(['text', 'number', 'money', 'date', 'phone', 'email', 'person', 'link'] as const).map(
    (kind) => [kind, true] as const,
  ),
];
const specs: readonly FieldSpec[] = kinds.map(([kind, multiple], n) => ({
  ...{ code: `f${n}`, name: `Field ${n}`, kind, multiple, custom: true },
  options: kind === 'choice' || kind === 'multiChoice' ? options : [],
}));

const odd = fc.constantFrom(
  ...[
    '=1+1',
    "'=x",
    "'00123",
    '+48 600',
    '-5',
    '1.234',
    '12,500',
    '4.86E+10',
    'a;=b',
    'a, "b"',
    ' blank ',
    'two\nlines',
  ],
  ...['sep=;', '="00123"', '0', 'a ::: b', '"', "'", 'Zażółć 🐙', '1/5/2026', '46053', '\u00a0nbsp', 'x|y/z'],
);
const text = fc.oneof(odd, fc.string({ minLength: 1, maxLength: 12 }));
const email = fc.integer({ min: 0, max: 30 }).map((n) => `c${n}@client.test`);
const phone = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map((n) => `+486001002${String(n).padStart(2, '0')}`),
  fc.constantFrom('030/1234567', '+1 212 555 0100, ext. 5', '22 123 45 67', '112'),
);
const decimal = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom(0, 1, 2, 3))
  .map(([n, digits]) => (n / 10 ** digits).toFixed(digits));
const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

function scalar(kind: FieldKind, people: readonly number[], contact: number): fc.Arbitrary<FieldValue> {
  const arbitrary: Partial<Record<FieldKind, fc.Arbitrary<FieldValue>>> = {
    number: fc.oneof(decimal.map(Number), fc.double({ noNaN: true, noDefaultInfinity: true })),
    money: fc.record({ amount: decimal, currency: fc.constantFrom('EUR', 'USD', 'PLN') }),
    date: moment.map((at) => at.toISOString().slice(0, 10)),
    dateTime: moment.map((at) => at.toISOString()),
    yesNo: fc.boolean(),
    ...{ choice: fc.constantFrom(...options.map(({ value }) => value)), person: fc.constantFrom(...people) },
    ...{ phone, email, link: fc.constantFrom('https://a.test/x;y?q=1,2', 'https://b.test/') },
    client: fc.constant(`contact:${contact}`),
  };
  return arbitrary[kind] ?? text;
}

function fieldsOf(people: readonly number[], contact: number): fc.Arbitrary<Record<string, unknown>> {
  const values = specs.map((spec) => {
    const kind = spec.kind === 'multiChoice' ? 'choice' : spec.kind;
    const one = scalar(kind, people, contact).filter((value) => {
      const whole = spec.kind === 'multiChoice' ? [value].flat() : value;
      return !isEmpty(value) && (spec.multiple || keepsValue(whole, spec));
    });
    const several = fc.uniqueArray(one, { minLength: 1, maxLength: 3, selector: (value) => JSON.stringify(value) });
    return [
      spec.code,
      spec.multiple || spec.kind === 'multiChoice' ? several.map((list) => list.flat()) : one,
    ] as const;
  });
  return fc.record(Object.fromEntries(values), { requiredKeys: [] });
}

const RECORDS = 40;

async function furnish(seed: number): Promise<void> {
  const here = bench.here();
  const gone = await here.addEmployee({ name: 'Gone' });
  const people = [here.employeeId, await here.addEmployee({ name: 'Eve; "the" first' }), gone];
  const contact = await here.addContact({ name: 'Somebody' });
  const someone = fc.constantFrom(...people, null);
  const name = text.map((word) => word.trim().slice(0, 50) || 'Nameless');
  const shared = {
    responsibleId: someone,
    fields: fieldsOf(people, contact),
    createdAt: moment.map((at) => at.toISOString()),
  };
  const addresses = fc
    .record({ emails: fc.uniqueArray(email, { maxLength: 3 }), phones: fc.uniqueArray(phone, { maxLength: 2 }) })
    .map((given) => Object.values(readAddresses(given, undefined)).flat());
  const sample = <T>(of: fc.Arbitrary<T>) => fc.sample(of, { numRuns: RECORDS, seed });
  const companies = sample(fc.record({ name, ...shared, addresses }));
  const maybe = fc.option(name);
  const contacts = sample(fc.record({ name, firstName: maybe, lastName: maybe, ...shared, addresses }));
  const cents = decimal.map((amount) => Number(amount).toFixed(2));
  const deals = sample(
    fc.record({ title: name, amount: fc.option(cents), currency: fc.constantFrom('EUR', 'USD'), ...shared }),
  );
  const now = bench.clock.now();
  await here.inside(async (tx) => {
    for (const type of ['deal', 'contact', 'company'])
      for (const { code, kind, multiple = false, options: choices = [] } of specs)
        await insertField(tx, { type, code, name: code, kind, multiple, options: choices, requiredStages: [] });
    const companyIds = await createClients(tx, 'company', { clients: companies, now });
    const tied = contacts.map((one, n) => ({ ...one, companyId: n % 3 === 0 ? (companyIds[n] ?? null) : null }));
    const contactIds = await createClients(tx, 'contact', { clients: tied, now });
    const acting = { workspaceId: here.workspaceId, byId: here.employeeId, chain: null, now };
    const stages = Object.values(here.stages);
    const items = deals.map((one, n) => ({
      ...{ type: 'deal', pipelineId: here.pipelineId, stageId: stages[n % stages.length] ?? 0, ...one },
      ...{
        contactId: n % 2 === 0 ? (contactIds[n] ?? null) : null,
        companyId: n % 5 === 0 ? (companyIds[n] ?? null) : null,
      },
    }));
    const ids = await createItems(tx, acting, items, { reference: await loadReference(tx), runRules: false });
    const keysOf = (of: readonly number[]) => new Map(of.slice(0, 10).map((id, n) => [`=k;${n}`, id]));
    await putKeys(tx, 'deal', keysOf(ids));
    await putKeys(tx, 'contact', keysOf(contactIds));
    await tx.updateTable('employees').set({ dismissed_at: now }).where('id', '=', gone).execute();
  });
}

async function everything(): Promise<unknown> {
  const { workspaceId } = bench.here();
  const rows = (table: string) =>
    bench.rows(sql`select * from ${sql.table(table)} where workspace_id = ${workspaceId}`);
  const tables = ['contacts', 'companies', 'client_addresses', 'items', 'history', 'client_history', 'timeline'];
  const all = await Promise.all(tables.map(rows));
  return all.map((some) => some.map((row) => JSON.stringify(row)).sort());
}

test.each(Array.from({ length: 27 }, (_, n) => n + 4))(
  'exported and brought in again as an update, random clients and items are untouched: %i',
  async (seed) => {
    await furnish(seed);
    const before = await everything();
    for (const target of ['company', 'contact', 'deal'] as const) {
      const file = await exported(home(), { type: target });
      for (const more of [
        {},
        { lists: 'replace' },
        { emptyCells: 'clear' },
        { runRules: true },
        { locale: 'pl' },
      ] as const) {
        const settings = { duplicates: 'update', badCells: 'refuse', ...more } as const;
        const job = await bringFileIn(home(), { bytes: Buffer.from(file), target, settings });
        expect([target, more, job.results, job.reasons]).toEqual([target, more, { updated: job.rowCount }, {}]);
      }
    }
    expect(await everything()).toEqual(before);
  },
);
