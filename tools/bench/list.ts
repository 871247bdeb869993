import { z } from 'zod';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';
import type { BenchServer } from './instruments/bench-server.ts';
import { percentile } from './instruments/measure.ts';
import { makeMillion } from './list-data.ts';

export interface Asked {
  readonly what: string;
  readonly bestMs: number;
  readonly medianMs: number;
}

/** Medians; the processor time of the server and PostgreSQL is null where that cannot be told. */
export interface Cost {
  readonly clockMs: number;
  readonly processorMs: number | null;
}

export interface ListFigures {
  /** Over all that was asked: every filter with every order, first page and the tenth. */
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly share: number;
  /** One item by its id over the same HTTP: what a request costs on this machine. */
  readonly oneItemMs: number;
  /** What fits many, sorted by its title either way: the slowest of the first pages and the tenths. */
  readonly byTitle: Cost;
  /** One item by its id, as the other of these. */
  readonly oneItem: Cost;
  readonly slowest: readonly Asked[];
  /** By filter, the middle of its orders. */
  readonly byFilter: readonly Asked[];
}

const part = (field: string, is: string, value: unknown) => ({ field, is, value });
const filters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'no filter': {},
  'on a stage': { filter: part('stage', 'equals', 'S8') },
  'of a person': { filter: part('responsible', 'equals', 'person7@bench.test') },
  'amount from 20,000': { filter: part('amount', 'at least', 20_000) },
  'amount 5,000 to 5,001': { filter: part('amount', 'between', [5000, 5001]) },
  'made on a day': { filter: part('createdAt', 'between', ['2024-05-01', '2024-05-02']) },
  'text field equals': { filter: part('city', 'equals', 'city 77') },
  'choice of a third': { filter: part('segment', 'equals', 'Segment 2') },
  'choice of ten in a million': { filter: part('segment', 'equals', 'Segment 4') },
  'text field contains': { filter: part('contract', 'contains', 'c-99999') },
  'nothing fits': { filter: part('contract', 'equals', 'no such contract') },
  'stage, person and amount': {
    filter: {
      all: [
        part('stage', 'equals', 'S8'),
        part('responsible', 'equals', 'person3@bench.test'),
        part('amount', 'at least', 10_000),
      ],
    },
  },
  'search, many fit': { q: 'garden' },
  'search, few fit': { q: 'house 99999' },
  "search, a client's address": { q: 'client15150' },
  'search, nothing fits': { q: 'xylophone' },
};
const sorts = [
  '',
  'title',
  '-title',
  'amount',
  '-amount',
  'createdAt',
  '-createdAt',
  'updatedAt',
  '-updatedAt',
  'movedAt',
  '-movedAt',
];
const TRIES = 3;
const DEEP = 10;
const GOAL_MS = 100;

/** (i): 50 of a million items over HTTP, with filters and orders. */
export async function benchList(server: BenchServer, items: number): Promise<ListFigures> {
  await makeMillion(server, items);
  const { place } = server;
  const asked: Asked[] = [];
  for (const [filter, query] of Object.entries(filters)) {
    for (const sort of sorts)
      asked.push(...(await askBoth(place, { what: `${filter}, by ${sort || 'newest'}`, query, sort })));
  }
  const { rows } = await server.client.query<{ id: string }>('select max(id) as id from items');
  const oneItem = await costOf(server, () => call(place, 'GET', `/items/${rows[0]?.id}`));
  const medians = asked.map(({ medianMs }) => medianMs);
  return {
    medianMs: percentile(medians, 0.5),
    p95Ms: percentile(medians, 0.95),
    share: medians.filter((ms) => ms < GOAL_MS).length / medians.length,
    oneItemMs: oneItem.clockMs,
    ...{ oneItem, byTitle: await searchByTitle(server) },
    slowest: asked.toSorted((a, b) => b.medianMs - a.medianMs).slice(0, 5),
    byFilter: Object.keys(filters).map((what) => middleOf(what, asked)),
  };
}

async function searchByTitle(server: BenchServer): Promise<Cost> {
  const costs: Cost[] = [];
  for (const sort of ['title', '-title']) {
    const question: Question = { what: '', query: { q: 'garden' }, sort };
    let cursor: string | undefined;
    for (let page = 1; page < DEEP; page += 1) {
      if (page === 1) costs.push(await costOf(server, () => getPage(server.place, question, undefined)));
      cursor = (await getPage(server.place, question, cursor)).nextCursor ?? undefined;
    }
    costs.push(await costOf(server, () => getPage(server.place, question, cursor)));
  }
  return costs.toSorted((one, other) => one.clockMs - other.clockMs).at(-1) ?? missing();
}

function missing(): never {
  throw new Error('nothing was searched for');
}

const OFTEN = 40;

async function costOf(server: BenchServer, work: () => Promise<unknown>): Promise<Cost> {
  await work();
  const before = server.processorSeconds();
  const took = await times(OFTEN, work);
  const after = server.processorSeconds();
  const processorMs = before === null || after === null ? null : ((after - before) * 1000) / OFTEN;
  return { clockMs: percentile(took, 0.5), processorMs };
}

interface Question {
  readonly what: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly sort: string;
}

/** The first page, and the tenth where there are so many. */
async function askBoth(place: Place, question: Question): Promise<Asked[]> {
  const first = await ask(place, question, undefined);
  let cursor = first.nextCursor;
  for (let page = 2; page < DEEP && cursor !== null; page += 1)
    cursor = (await getPage(place, question, cursor)).nextCursor;
  if (cursor === null) return [first.asked];
  const deep = await ask(place, { ...question, what: `${question.what}, page ${DEEP}` }, cursor);
  return [first.asked, deep.asked];
}

async function ask(place: Place, question: Question, cursor: string | undefined) {
  const { nextCursor } = await getPage(place, question, cursor);
  const took = await times(TRIES, () => getPage(place, question, cursor));
  const asked: Asked = { what: question.what, bestMs: Math.min(...took), medianMs: percentile(took, 0.5) };
  return { asked, nextCursor };
}

const answer = z.object({ data: z.array(z.object({ id: z.number() })), nextCursor: z.string().nullable() });

async function getPage(place: Place, { query: { filter, ...rest }, sort }: Question, cursor: string | undefined) {
  const params = new URLSearchParams({ type: 'deal', limit: '50' });
  for (const [name, value] of Object.entries({ ...rest, sort, cursor })) if (value) params.set(name, String(value));
  if (filter !== undefined) params.set('filter', JSON.stringify(filter));
  return answer.parse(await call(place, 'GET', `/items?${params}`));
}

async function times(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  return took;
}

function middleOf(what: string, asked: readonly Asked[]): Asked {
  const own = asked.filter((one) => one.what.startsWith(`${what}, by`));
  return {
    what,
    bestMs: percentile(
      own.map(({ bestMs }) => bestMs),
      0.5,
    ),
    medianMs: percentile(
      own.map(({ medianMs }) => medianMs),
      0.5,
    ),
  };
}
