import { migrate } from '../../server/src/platform/migrate.ts';
import { placeBoard } from './boards.ts';
import { type BenchDatabase, startBenchDatabase } from './database.ts';
import { type BenchWorkspace, makeWorkspace } from './dataset.ts';
import { measureDrain, measureRecordAndDrain, measureRuns, openEngine, putBack, recordCalls } from './engine.ts';
import { benchOverHttp, type HttpFigures } from './http.ts';
import { measureLimit } from './limit.ts';
import { measureNaive } from './naive.ts';

export interface BenchOptions {
  readonly items: number;
  readonly httpItems: number;
  readonly say: (text: string) => void;
}

/** Signals a second on one connection (one workspace) and on two. */
interface Pair {
  readonly one: number;
  readonly two: number;
}

export interface Figures {
  readonly limit: Pair;
  readonly drainRows: Pair;
  readonly drain: Pair & { readonly allHear: number };
  readonly recordAndDrain: Pair;
  readonly naive: number;
  readonly runs: Pair;
  readonly http: HttpFigures;
}

/** Everything in one run on one machine: only the ratios mean something elsewhere. */
export async function runBench(options: BenchOptions): Promise<Figures> {
  const database = await startBenchDatabase();
  try {
    await migrate(database.url);
    const engine = await benchEngine(database, options);
    const http = await benchOverHttp(options);
    return { ...engine, http };
  } finally {
    await database.close();
  }
}

async function benchEngine(database: BenchDatabase, { items, say }: BenchOptions): Promise<Omit<Figures, 'http'>> {
  say(`making two workspaces of ${items / 2} items`);
  const first = await makeWorkspace(database, items / 2);
  const second = await makeWorkspace(database, items / 2);
  const both = [first, second];
  for (const workspace of both) await placeBoard(database, workspace, 3);
  const { context, close } = openEngine(database);
  const fresh = async (workspaces: readonly BenchWorkspace[], pass: string) => {
    await putBack(database, workspaces);
    for (const workspace of workspaces) await recordCalls(context, workspace, pass);
    await database.sql('vacuum analyze');
  };
  try {
    say('(a) and (a2): what plain SQL writes');
    const limit = {
      one: await measureLimit(database.url, [first], 'limit'),
      two: await measureLimit(database.url, both, 'limit'),
    };
    const drainRows = {
      one: await measureLimit(database.url, [first], 'drain'),
      two: await measureLimit(database.url, both, 'drain'),
    };
    await database.sql('truncate signals, signal_queue, decisions, visits, runs, history, timeline');

    say('(b) the drain');
    await fresh([first], 'b1');
    const one = await measureDrain(context, [first]);
    await fresh(both, 'b2');
    const two = await measureDrain(context, both);
    await placeBoard(database, first, 20);
    await fresh([first], 'b3');
    const allHear = await measureDrain(context, [first]);
    await placeBoard(database, first, 3);
    await putBack(database, both);
    const recordOne = await measureRecordAndDrain(context, [first], 'b4');
    await putBack(database, both);
    const recordTwo = await measureRecordAndDrain(context, both, 'b5');

    say('(c) one transaction a signal');
    await fresh([first], 'c');
    const naive = await measureNaive(database.url, first, Math.min(4_000, first.items));

    say('(e) the rules');
    await database.sql('truncate runs, signal_queue');
    await fresh([first], 'e1');
    await measureDrain(context, [first]);
    const runsOne = await measureRuns(context, database, [first]);
    await database.sql('truncate runs');
    await fresh(both, 'e2');
    await measureDrain(context, both);
    const runsTwo = await measureRuns(context, database, both);
    return {
      limit,
      drainRows,
      drain: { one, two, allHear },
      recordAndDrain: { one: recordOne, two: recordTwo },
      naive,
      runs: { one: runsOne, two: runsTwo },
    };
  } finally {
    await close();
  }
}
