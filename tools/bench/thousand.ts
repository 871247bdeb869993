import { drainWorkspace } from '../../server/src/automation/drain/drain.ts';
import type { Context } from '../../server/src/platform/context.ts';
import { inWorkspace } from '../../server/src/platform/db.ts';
import { migrate } from '../../server/src/platform/migrate/migrate.ts';
import { recordSignals } from '../../server/src/signals/record-signals.ts';
import { placeThousand } from './data/boards.ts';
import { type BenchDatabase, startBenchDatabase } from './data/database.ts';
import { type BenchWorkspace, makeWorkspace } from './data/dataset.ts';
import { openEngine } from './engine.ts';
import { processorSeconds, secondsOf } from './instruments/measure.ts';

export interface ThousandFigures {
  /** A backlog, decided together. */
  readonly perSecond: number;
  /** One after the other, each recorded and decided before the next. */
  readonly alonePerSecond: number;
  /** Of node and PostgreSQL for one of these; null where that cannot be told. */
  readonly aloneProcessorMs: number | null;
  /** What the verdicts of one signal take, as they are written. */
  readonly verdictBytes: number;
  /** What all its row of decisions takes on the disk. */
  readonly storedBytes: number;
}

const BACKLOG = 2_000;
const ALONE = 200;

/** (l): 1,000 triggers with codes of their own hear a call, and the one in the middle moves its item. */
export async function benchThousand(): Promise<ThousandFigures> {
  const database = await startBenchDatabase();
  const { context, close } = openEngine(database);
  try {
    await migrate(database.url);
    // The process remembers boards by their workspace: not one that another part of the bench had.
    await database.sql(`select setval('workspaces_id_seq', 1000)`);
    const workspace = await makeWorkspace(database, BACKLOG + ALONE);
    await placeThousand(database, workspace);
    const ids = Array.from({ length: workspace.items }, (_, index) => workspace.firstItem + index);
    const pairs = ids.slice(0, ALONE);
    const alone = await measureAlone({ database, context, workspace }, pairs);
    await record(context, workspace, ids.slice(ALONE));
    const seconds = await secondsOf(() => drain(context, workspace));
    return { ...alone, perSecond: BACKLOG / seconds, ...(await weigh(database)) };
  } finally {
    await close();
    await database.close();
  }
}

interface Bench {
  readonly database: BenchDatabase;
  readonly context: Context;
  readonly workspace: BenchWorkspace;
}

async function measureAlone({ database, context, workspace }: Bench, items: readonly number[]) {
  const one = async (item: number) => {
    await record(context, workspace, [item]);
    await drain(context, workspace);
  };
  const [warm, measured] = [items.slice(0, items.length / 4), items.slice(items.length / 4)];
  for (const item of warm) await one(item);
  const used = () => processorSeconds({ pid: process.pid, dataDir: database.dataDir });
  const before = used();
  const seconds = await secondsOf(async () => {
    for (const item of measured) await one(item);
  });
  const after = used();
  return {
    alonePerSecond: measured.length / seconds,
    aloneProcessorMs: before === null || after === null ? null : ((after - before) * 1000) / measured.length,
  };
}

async function record(context: Context, { workspaceId }: BenchWorkspace, items: readonly number[]): Promise<void> {
  const signals = items.map((item) => ({
    ...{ kind: 'webhook.called', sourceKey: `thousand:${item}`, occurredAt: new Date() },
    ...{ payload: { code: 'code 500' }, items: [item] },
  }));
  await inWorkspace(context.databases.app, workspaceId, (tx) => recordSignals(tx, signals));
}

function drain(context: Context, { workspaceId }: BenchWorkspace): Promise<number> {
  return drainWorkspace(context, workspaceId, { bindSignals: async () => {} });
}

async function weigh(database: BenchDatabase): Promise<Pick<ThousandFigures, 'verdictBytes' | 'storedBytes'>> {
  const { rows } = await database.sql(`
    select avg(octet_length(verdicts::text))::float8 as bytes, pg_total_relation_size('decisions')::float8 / count(*) as stored,
      count(visit_id)::int as moved, count(*)::int as decided from decisions`);
  const { bytes, stored, moved, decided } = rows[0] ?? {};
  if (moved !== decided || decided !== BACKLOG + ALONE) throw new Error(`${moved} of ${decided} signals moved an item`);
  return { verdictBytes: Number(bytes), storedBytes: Number(stored) };
}
