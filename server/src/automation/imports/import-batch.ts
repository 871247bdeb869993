import { z } from 'zod';
import { loadRights } from '../../people/rights/rights.store.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { addJobs, defineTask, type Task } from '../../platform/jobs/jobs.ts';
import { endImport, type ImportRow, listRows, lockImport, writeOutcomes } from './job/imports.store.ts';
import { hasUnneeded, removeUnneeded } from './made-for-import.ts';
import { importClients } from './rows/import-clients.ts';
import { importItems } from './rows/import-items.ts';
import { loadWorld } from './rows/import-world.ts';

const ROWS_AT_ONCE = 250;
const CELLS_AT_ONCE = 20_000;
const TASK = 'import-batch';

interface Batch {
  readonly workspaceId: number;
  readonly importId: number;
  /** When a worker shall go on if nobody has until then. */
  readonly nextInMs: number;
}

/** The job that brings in the next rows; queued in the transaction that starts the import. */
export async function queueImport(tx: Tx, { workspaceId, importId, nextInMs }: Batch, now: Date): Promise<void> {
  const runAt = new Date(now.getTime() + nextInMs);
  await addJobs(tx, [
    {
      task: TASK,
      payload: { workspaceId, importId },
      key: `import ${workspaceId} ${importId}`,
      ...(nextInMs > 0 && { runAt }),
    },
  ]);
}

export const importBatchTask = (context: Context): Task =>
  defineTask({
    name: TASK,
    payload: z.object({ workspaceId: z.number(), importId: z.number() }),
    async run(batch) {
      await importBatch(context, { ...batch, nextInMs: 0 });
    },
  });

/** The next rows, their outcomes and the next job in one transaction: a crash neither loses nor doubles a row. */
export async function importBatch(context: Context, batch: Batch): Promise<'more' | 'ended' | 'busy'> {
  const now = context.clock.now();
  return inWorkspace(context.databases.app, batch.workspaceId, async (tx) => {
    const job = await lockImport(tx, batch.importId, { skipLocked: true });
    if (job === undefined) return 'busy';
    if (job.state !== 'running') return 'ended';
    const isLast = job.done >= job.rowCount;
    // In a transaction of its own: taking stages back stops who puts items on some.
    if (isLast) await removeUnneeded(tx, job);
    const after = isLast ? job : await bringIn(tx, job, { workspaceId: batch.workspaceId, now });
    if (isLast || (after.done >= job.rowCount && !hasUnneeded(after))) {
      await endImport(tx, job.id, { state: 'done', now });
      return 'ended';
    }
    await queueImport(tx, batch, now);
    return 'more';
  });
}

async function bringIn(
  tx: Tx,
  job: ImportRow,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<Pick<ImportRow, 'done' | 'plan' | 'results'>> {
  if (job.plan === null) throw new Error(`import ${job.id} runs without a plan`);
  const { employeeId } = job;
  // What the rows name is looked for among what they may see who brings them in.
  const rights = employeeId === null ? undefined : await loadRights(tx, { workspaceId, employeeId });
  const acting = { workspaceId, byId: employeeId, chain: null, now, rights };
  const world = await loadWorld(tx, job, job.plan, acting);
  const limit = Math.max(1, Math.min(ROWS_AT_ONCE, Math.floor(CELLS_AT_ONCE / Math.max(1, world.scope.width))));
  const rows = await listRows(tx, job.id, { from: job.done, limit });
  const { target } = job;
  const outcomes =
    target === 'contact' || target === 'company'
      ? await importClients(tx, world, target, rows)
      : await importItems(tx, world, rows);
  const results = await writeOutcomes(tx, job, outcomes);
  return { done: job.done + outcomes.length, plan: job.plan, results };
}
