import { type Reach, type RoleRights, reaches } from '@signalbox/contract/people/rights.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSieve } from '../api/stream-sieve.ts';
import { startTestServer, type TestServer, type TestWorkspace } from '../api/testing.ts';
import { noRights } from '../people/rights/standard-roles.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { waitUntil } from '../platform/testing-waits.ts';

let server: TestServer;
let firm: TestWorkspace;
let people: { id: number; key: string }[];
let departments: number[];
let pipelines: { id: number; type: string }[];

const names = ['ann', 'ben', 'cat', 'dan'];

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace('Firm');
  await call('POST', '/pipelines', { type: 'deal', name: 'Second', from: 'sample' });
  const { data } = (await call('GET', '/pipelines')).body;
  pipelines = data.filter(({ type }: { type: string }) => type === 'deal' || type === 'lead');
  const top = (await call('POST', '/departments', { name: 'Top' })).body.id;
  const low = (await call('POST', '/departments', { name: 'Low', parent: top })).body.id;
  departments = [top, low, (await call('POST', '/departments', { name: 'Other' })).body.id];
  for (const type of ['deal', 'lead'])
    await call('POST', '/fields', { type, code: 'margin', name: 'M', kind: 'number' });
  people = [];
  for (const name of names) people.push(await firm.addPerson(`${name}@firm.test`));
});
afterAll(() => server.close());

const call = (method: 'GET' | 'POST' | 'PATCH', url: string, body?: unknown, key = firm.key) =>
  server.call(method, `/api/v1${url}`, { key, ...(body !== undefined && { body }) });

interface Row {
  readonly read: Reach;
  readonly export: Reach;
}
interface Matrix {
  readonly all: Row;
  readonly deal: Row | undefined;
  /** Of the first pipeline. */
  readonly first: Row | undefined;
  /** The types whose amount and margin it hides. */
  readonly hides: readonly string[];
}
interface Plan {
  readonly items: readonly { pipeline: number; responsible: number; observer: number; amount: number }[];
  /** A role for each person, and a second one for the first. */
  readonly roles: readonly Matrix[];
  /** The department of each; 3: none. */
  readonly places: readonly number[];
}

const reach = fc.constantFrom<Reach>(...reaches);
const row = fc.record({ read: reach, export: reach });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const matrix = fc.record({ all: row, deal: maybe(row), first: maybe(row), hides: fc.subarray(['deal', 'lead']) });
const person = fc.nat(names.length);
const plan: fc.Arbitrary<Plan> = fc.record({
  items: fc.array(
    fc.record({ pipeline: fc.nat(2), responsible: person, observer: person, amount: fc.integer({ min: 1, max: 9 }) }),
    { minLength: 6, maxLength: 12 },
  ),
  roles: fc.array(matrix, { minLength: names.length + 1, maxLength: names.length + 1 }),
  places: fc.array(fc.nat(3), { minLength: names.length, maxLength: names.length }),
});

interface Stored {
  readonly id: number;
  readonly type: string;
  readonly pipeline_id: number;
  readonly responsible_id: number | null;
  readonly observer_ids: number[];
  readonly amount: string;
}

interface Who {
  readonly id: number;
  readonly key: string;
  readonly roles: readonly Matrix[];
  readonly colleagues: readonly number[];
}

/** The rule in so many words, over every row there is; knows nothing of the code under test. */
function reachesOf(verb: keyof Row, { roles, id, colleagues }: Who, item: Stored): boolean {
  return roles.some((role) => {
    const ofPipeline = item.pipeline_id === pipelines[0]?.id ? role.first : undefined;
    const ofType = item.type === 'deal' ? role.deal : undefined;
    const far = (ofPipeline ?? ofType ?? role.all)[verb];
    if (far === 'none') return false;
    if (far === 'all' || item.responsible_id === id) return true;
    if (verb === 'read' && item.observer_ids.includes(id)) return true;
    return far === 'department' && item.responsible_id !== null && colleagues.includes(item.responsible_id);
  });
}

function hides({ roles }: Who, type: string): boolean {
  const first = pipelines[0]?.type === type;
  const reading = roles.filter((role) =>
    [(type === 'deal' ? role.deal : undefined) ?? role.all, ...(first ? [role.first] : [])].some(
      (one) => one !== undefined && one.read !== 'none',
    ),
  );
  return reading.length > 0 && reading.every((role) => role.hides.includes(type));
}

function rightsOf({ all, deal, first, hides: types }: Matrix): RoleRights {
  const full = (of: Row) => ({ ...noRights.clients, ...of });
  const limits = { amount: 'hidden', margin: 'hidden' } as const;
  return {
    ...noRights,
    items: {
      all: full(all),
      types: deal === undefined ? {} : { deal: full(deal) },
      pipelines: first === undefined ? {} : { [pipelines[0]?.id ?? 0]: full(first) },
    },
    fields: Object.fromEntries(types.map((type) => [type, limits])),
  };
}

let made = 0;
async function arrange({ items, roles, places }: Plan): Promise<{ rows: Stored[]; all: Who[] }> {
  await inside((tx) => sql`delete from items`.execute(tx));
  const all = people.map(({ id, key }, index) => ({
    ...{ id, key, colleagues: colleaguesOf(index, places) },
    roles: roles.filter((_, number) => number === index || (index === 0 && number === names.length)),
  }));
  for (const [index, { id, roles: own }] of all.entries()) {
    const ids: number[] = [];
    for (const role of own) {
      made += 1;
      const { body } = await call('POST', '/roles', { name: `R${made}`, rights: rightsOf(role) });
      ids.push(body.id);
    }
    await call('PATCH', `/users/${id}`, { department: departments[places[index] ?? 3] ?? null, roles: ids });
  }
  await inside(async (tx) => {
    for (const item of items) await insert(tx, item);
  });
  return { all, rows: await inside(async (tx) => (await sql<Stored>`select * from items`.execute(tx)).rows) };
}

function insert(tx: Tx, { pipeline, responsible, observer, amount }: Plan['items'][number]) {
  const at = pipelines[pipeline % pipelines.length];
  const watches = people[observer] === undefined ? '{}' : `{${people[observer]?.id}}`;
  return sql`
    insert into items (workspace_id, type, pipeline_id, stage_id, title, amount, currency, responsible_id, observer_ids, fields)
    select workspace_id, ${at?.type}::text, pipeline_id, id, 'Thing', ${amount}::int, 'EUR', ${people[responsible]?.id ?? null}::bigint, ${watches}::bigint[],
      jsonb_build_object('margin', ${amount}::int)
    from stages where pipeline_id = ${at?.id} order by position limit 1`.execute(tx);
}

const inside = <T>(work: Parameters<typeof inWorkspace<T>>[2]) =>
  inWorkspace(server.context.databases.app, firm.id, work);

function colleaguesOf(index: number, places: readonly number[]): number[] {
  const mine = places[index] ?? 3;
  const below = mine === 0 ? [0, 1] : [mine];
  return people.flatMap(({ id }, other) => (mine !== 3 && below.includes(places[other] ?? 3) ? [id] : []));
}

/** How often each answer held something, and left something out: a test that anything would pass is none. */
const met = { seen: 0, left: 0, hidden: 0, shown: 0, exported: 0, kept: 0 };

describe('whatever the roles, the people and the items', () => {
  it('lists, searches, boards, exports and the stream hold exactly what a plain rule over all rows allows', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (given) => {
        const { rows, all } = await arrange(given);
        for (const who of all) {
          const expected = rows.filter((one) => reachesOf('read', who, one));
          met.seen += expected.length;
          met.left += rows.length - expected.length;
          await checkLists(who, expected);
          await checkBoards(who, expected);
          await checkExport(
            who,
            expected.filter((one) => reachesOf('export', who, one)),
          );
          expect(await told(who, rows)).toEqual(idsOf(expected));
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
    expect(Object.entries(met).filter(([, count]) => count === 0)).toEqual([]);
  });
});

async function checkLists(who: Who, expected: readonly Stored[]): Promise<void> {
  const listed = (await call('GET', '/items?limit=1000', undefined, who.key)).body.data;
  expect(idsOf(listed)).toEqual(idsOf(expected));
  const found = (await call('GET', '/search?q=Thing&limit=50', undefined, who.key)).body.items;
  expect(idsOf(found)).toEqual(idsOf(expected));
  for (const { id, type, amount } of expected) {
    const isHidden = hides(who, type);
    met[isHidden ? 'hidden' : 'shown'] += 1;
    const shown = listed.find((one: { id: number }) => one.id === id);
    expect([shown.amount, shown.fields.margin]).toEqual(
      isHidden ? [null, undefined] : [Number(amount), Number(amount)],
    );
  }
  for (const type of ['deal', 'lead']) {
    const { status } = await call('GET', `/items?type=${type}&sort=amount`, undefined, who.key);
    expect(status).toBe(hides(who, type) ? 403 : 200);
  }
}

async function checkBoards(who: Who, expected: readonly Stored[]): Promise<void> {
  for (const pipeline of pipelines) {
    const own = expected.filter((one) => one.pipeline_id === pipeline.id);
    const { status, body } = await call('GET', `/board/${pipeline.id}`, undefined, who.key);
    if (status === 404) expect(own).toEqual([]);
    const columns: { count: number; sums: { amount: number }[] }[] = status === 404 ? [] : body.columns;
    const total = (of: (column: (typeof columns)[number]) => number) => columns.reduce((sum, one) => sum + of(one), 0);
    expect(total(({ count }) => count)).toBe(own.length);
    const worth = hides(who, pipeline.type) ? 0 : own.reduce((sum, one) => sum + Number(one.amount), 0);
    expect(total(({ sums }) => sums.reduce((sum, { amount }) => sum + amount, 0))).toBe(worth);
  }
}

async function checkExport(who: Who, expected: readonly Stored[]): Promise<void> {
  for (const type of ['deal', 'lead']) {
    const own = expected.filter((one) => one.type === type);
    const { status, body } = await call('GET', `/items.csv?type=${type}`, undefined, who.key);
    met[own.length > 0 ? 'exported' : 'kept'] += 1;
    if (status === 403) expect(own).toEqual([]);
    if (status === 403) continue;
    const [headers = [], ...lines] = String(body)
      .trim()
      .replace(/^\uFEFF/, '')
      .split('\r\n')
      .map((line) => line.split(','));
    const idsIn = lines.map((cells) => Number(cells.at(-1)));
    expect(idsIn.toSorted((a, b) => a - b)).toEqual(idsOf(own));
    expect(headers.includes('amount') || headers.includes('margin')).toBe(!hides(who, type));
  }
}

const noItem = 987_654_321;

async function told({ id: employeeId }: Who, rows: readonly Stored[]): Promise<number[]> {
  const sent: number[] = [];
  let isEnd = false;
  const rights = () => server.people.rights.of({ workspaceId: firm.id, employeeId });
  // Known from here on, so that all of it is asked for together.
  await rights();
  const sieve = createSieve(server.context, {
    ...{ workspaceId: firm.id, rights },
    send: ({ id }) => {
      if (id === 0 || id === noItem) isEnd = true;
      else sent.push(id);
    },
  });
  for (const { id } of rows) sieve.take({ topic: 'items', kind: 'changed', id });
  sieve.take({ topic: 'items', kind: 'changed', id: noItem });
  await waitUntil('the stream has told everything', async () => isEnd);
  return sent.toSorted((a, b) => a - b);
}

function idsOf(found: readonly { id: number }[]): number[] {
  return found.map(({ id }) => id).toSorted((a, b) => a - b);
}
