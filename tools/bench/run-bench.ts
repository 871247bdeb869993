import os from 'node:os';
import type { Context } from '../../server/src/platform/context.ts';
import { migrate } from '../../server/src/platform/migrate/migrate.ts';
import { placeBoard } from './data/boards.ts';
import { type BenchDatabase, startBenchDatabase } from './data/database.ts';
import { type BenchWorkspace, makeWorkspace } from './data/dataset.ts';
import { measureDrain, measureRecordAndDrain, measureRuns, openEngine, putBack, recordCalls } from './engine.ts';
import { benchOverHttp, type HttpFigures } from './http.ts';
import { measureLimit } from './limit.ts';
import { measureNaive } from './naive.ts';
import { benchPhone, type PhoneFigures } from './phone.ts';
import { benchScreens, type ScreenFigures } from './screens.ts';
import { benchThousand, type ThousandFigures } from './thousand.ts';
import { benchWaiting, type WaitingFigures } from './waiting.ts';

export interface BenchOptions {
  readonly items: number;
  readonly httpItems: number;
  readonly listItems: number;
  readonly backlog: number;
  /** How long the telephone rings; the issue asks for 300. */
  readonly phoneSeconds: number;
  /** The letters of the parts to run; one of a, b, c, e runs all four, one of d and f both; j runs these too. */
  readonly only: readonly string[];
  readonly say: (text: string) => void;
}

/** Signals a second on one connection (one workspace) and on two. */
interface Pair {
  readonly one: number;
  readonly two: number;
}

export interface EngineFigures {
  readonly limit: Pair;
  readonly drainRows: Pair;
  readonly drain: Pair & { readonly allHear: number };
  readonly recordAndDrain: Pair;
  readonly naive: number;
  readonly runs: Pair;
}

export interface Figures extends ScreenFigures {
  /** Load of the machine over a minute, before and after: above the number of its cores others were at work. */
  readonly load: readonly [before: number, after: number];
  readonly engine?: EngineFigures;
  readonly http?: HttpFigures;
  readonly thousand?: ThousandFigures;
  readonly phone?: PhoneFigures;
  readonly waiting?: WaitingFigures;
}

/** Everything in one run on one machine: only the ratios mean something elsewhere. */
export async function runBench(options: BenchOptions): Promise<Figures> {
  const { only, say } = options;
  const isWanted = (part: string) => only.includes(part);
  const before = loadNow();
  say(`load of the machine ${before.toFixed(1)}`);
  const engine = ['a', 'b', 'c', 'e'].some(isWanted) ? { engine: await benchEngine(options) } : {};
  const http = ['d', 'f', 'j'].some(isWanted)
    ? { http: await benchOverHttp({ ...options, backlog: isWanted('j') ? options.backlog : null }) }
    : {};
  if (isWanted('l')) say('(l) 1,000 triggers that hear');
  const thousand = isWanted('l') ? { thousand: await benchThousand() } : {};
  if (isWanted('m')) say('(m) the telephone');
  const phone = isWanted('m') ? { phone: await benchPhone(options.phoneSeconds) } : {};
  if (isWanted('n')) say('(n) a million that wait');
  const waiting = isWanted('n') ? { waiting: await benchWaiting() } : {};
  const screens = await benchScreens({ ...options, isWanted });
  return { load: [before, loadNow()], ...engine, ...http, ...thousand, ...phone, ...waiting, ...screens };
}

function loadNow(): number {
  return os.loadavg()[0] ?? Number.NaN;
}

interface Bench {
  readonly database: BenchDatabase;
  readonly context: Context;
  readonly first: BenchWorkspace;
  readonly both: readonly BenchWorkspace[];
}

async function benchEngine({ items, say }: BenchOptions): Promise<EngineFigures> {
  const database = await startBenchDatabase();
  const { context, close } = openEngine(database);
  try {
    await migrate(database.url);
    say(`making two workspaces of ${items / 2} items`);
    const first = await makeWorkspace(database, items / 2);
    const both = [first, await makeWorkspace(database, items / 2)];
    for (const workspace of both) await placeBoard(database, workspace, 3);
    const bench = { database, context, first, both };
    say('(a) and (a2): what plain SQL writes');
    const limits = await benchLimits(bench);
    say('(b) the drain');
    const drains = await benchDrain(bench);
    say('(c) one transaction a signal');
    const naive = await benchNaive(bench);
    say('(e) the rules');
    return { ...limits, ...drains, naive, runs: await benchRules(bench) };
  } finally {
    await close();
    await database.close();
  }
}

async function benchLimits({ database, first, both }: Bench): Promise<Pick<EngineFigures, 'limit' | 'drainRows'>> {
  const limit = {
    one: await measureLimit(database.url, [first], 'limit'),
    two: await measureLimit(database.url, both, 'limit'),
  };
  const drainRows = {
    one: await measureLimit(database.url, [first], 'drain'),
    two: await measureLimit(database.url, both, 'drain'),
  };
  await database.sql('truncate signals, signal_queue, decisions, visits, runs, history, timeline');
  return { limit, drainRows };
}

async function benchDrain(bench: Bench): Promise<Pick<EngineFigures, 'drain' | 'recordAndDrain'>> {
  const { database, context, first, both } = bench;
  await fillQueue(bench, [first], 'b1');
  const one = await measureDrain(context, [first]);
  await fillQueue(bench, both, 'b2');
  const two = await measureDrain(context, both);
  await placeBoard(database, first, 20);
  await fillQueue(bench, [first], 'b3');
  const allHear = await measureDrain(context, [first]);
  await placeBoard(database, first, 3);
  await putBack(database, both);
  const recordOne = await measureRecordAndDrain(context, [first], 'b4');
  await putBack(database, both);
  const recordTwo = await measureRecordAndDrain(context, both, 'b5');
  return { drain: { one, two, allHear }, recordAndDrain: { one: recordOne, two: recordTwo } };
}

const NAIVE_SIGNALS = 4_000;

async function benchNaive(bench: Bench): Promise<number> {
  await fillQueue(bench, [bench.first], 'c');
  const naive = await measureNaive(bench.database.url, bench.first, Math.min(NAIVE_SIGNALS, bench.first.items));
  await bench.database.sql('truncate signal_queue');
  return naive;
}

async function benchRules(bench: Bench): Promise<Pair> {
  return { one: await benchRulesOf(bench, [bench.first], 'e1'), two: await benchRulesOf(bench, bench.both, 'e2') };
}

async function benchRulesOf(bench: Bench, workspaces: readonly BenchWorkspace[], pass: string): Promise<number> {
  await bench.database.sql('truncate runs');
  await fillQueue(bench, workspaces, pass);
  await measureDrain(bench.context, workspaces);
  await bench.database.sql('vacuum analyze');
  return measureRuns(bench.context, bench.database, workspaces);
}

/** A backlog of one signal an item, every item back on its first stage, statistics fresh. */
async function fillQueue(
  { database, context }: Bench,
  workspaces: readonly BenchWorkspace[],
  pass: string,
): Promise<void> {
  await putBack(database, workspaces);
  for (const workspace of workspaces) await recordCalls(context, workspace, pass);
  await database.sql('vacuum analyze');
}
