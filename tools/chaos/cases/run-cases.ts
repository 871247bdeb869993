import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../server/src/platform/postgres/embedded-postgres.ts';
import { postmasterOf } from '../faults/disk-faults.ts';
import type { Case } from './case.ts';
import { makeItems, produce } from './produce.ts';
import { type Replica, startReplica } from './replicas.ts';

export interface CasesOptions {
  readonly dataDir: string;
  readonly cases: readonly Case[];
  /** How long each of the three parts of a case lasts: as it should be, what goes wrong, and the longest that getting well may take. */
  readonly seconds: { readonly baseline: number; readonly wrong: number; readonly recovery: number };
  readonly say: (text: string) => void;
}

export interface CaseReport {
  readonly name: string;
  readonly accepted: number;
  /** Done a second before anything went wrong, the median. */
  readonly baseline: number;
  /** From the end of what went wrong until nine tenths of that; null: not in time. */
  readonly recoverySeconds: number | null;
  readonly lost: number;
  readonly doubled: number;
}

/** The harness of the comparison gives its PostgreSQL room for the connections that it holds. */
const settings = { max_connections: '400' };
const RECOVERED = 0.9;

export async function runCases(options: CasesOptions): Promise<CaseReport[]> {
  const postgres = await startEmbeddedPostgres({ dataDir: options.dataDir, settings });
  try {
    const reports: CaseReport[] = [];
    for (const one of options.cases) reports.push(await runCase(one, postgres, options));
    return reports;
  } finally {
    await postgres.stop();
  }
}

async function runCase(one: Case, postgres: EmbeddedPostgres, options: CasesOptions): Promise<CaseReport> {
  const { dataDir, seconds, say } = options;
  const replicas: Replica[] = [];
  for (let count = 0; count < one.replicas; count += 1) replicas.push(await startReplica(dataDir, postgres.url));
  const places = replicas.map(({ place }) => place);
  const [first] = places;
  if (first === undefined) throw new Error('a case needs a server');
  const items = await makeItems(first);
  const name = String(Date.now());
  const counter = countDone(postgres.url, name);
  const produced = produce(places, items, { name, rate: one.rate });
  try {
    const baseline = median(await counter.rates(seconds.baseline));
    say(`${one.name}: ${baseline} a second before`);
    await withClient(postgres.url, (client) =>
      one.happen(
        { replicas, client, databaseUrl: postgres.url, postmaster: () => postmasterOf(dataDir) },
        seconds.wrong * 1000,
      ),
    );
    const recoverySeconds = await counter.until(baseline * RECOVERED, seconds.recovery);
    await produced.stop();
    const { lost, doubled } = await counter.missing(produced.accepted.length, seconds.recovery);
    return { name: one.name, accepted: produced.accepted.length, baseline, recoverySeconds, lost, doubled };
  } finally {
    await produced.stop();
    for (const replica of replicas) await replica.stop();
  }
}

/** Of the signals of a case: what has been done, asked once a second. */
function countDone(url: string, name: string) {
  const done = () =>
    ask(
      url,
      `select count(*) from visits v join signals s on s.workspace_id = v.workspace_id and s.id = v.signal_id where s.source_key like 'api case ${name} %'`,
    );
  const rate = async () => {
    const [before, began] = [await patiently(done), performance.now()];
    await sleep(1_000);
    return Math.round(((await patiently(done)) - before) / ((performance.now() - began) / 1000));
  };
  return {
    async rates(seconds: number): Promise<number[]> {
      const all: number[] = [];
      for (let second = 0; second < seconds; second += 1) all.push(await rate());
      return all;
    },
    async until(wanted: number, withinSeconds: number): Promise<number | null> {
      for (const began = Date.now(); Date.now() - began < withinSeconds * 1000; )
        if ((await rate()) >= wanted) return (Date.now() - began) / 1000;
      return null;
    },
    async missing(accepted: number, withinSeconds: number): Promise<{ lost: number; doubled: number }> {
      for (const end = Date.now() + withinSeconds * 1000; Date.now() < end && (await patiently(done)) < accepted; )
        await sleep(250);
      const doubled = await ask(
        url,
        `select count(*) from (select from visits where signal_id is not null group by workspace_id, signal_id, item_id having count(*) > 1) x`,
      );
      return { lost: accepted - (await patiently(done)) + doubled, doubled };
    },
  };
}

async function patiently(work: () => Promise<number>): Promise<number> {
  for (;;) {
    try {
      return await work();
    } catch {
      await sleep(100);
    }
  }
}

function ask(url: string, text: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ count: string }>(text);
    return Number(rows[0]?.count ?? Number.NaN);
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
