import { z } from 'zod';
import { createBreather } from '../../platform/apart/breathe.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspaceOften, type Tx } from '../../platform/db.ts';
import { defineTask, type Task } from '../../platform/jobs/jobs.ts';
import type { Turns } from '../drain/turns.ts';
import { holdStages } from '../moves/hold-stages.ts';
import { RUN_VISITS } from '../visits/queue-visits.ts';
import { listDueBeside } from '../visits/runs.store.ts';
import { loadVisitWork, type VisitWork } from '../visits/visit-work.ts';
import { noEffects, writeEffects } from './effects.ts';
import type { MakePorts } from './port-scope.ts';
import { type RunTogether, saveChanged } from './run-together.ts';
import { runItem } from './run-visit.ts';

export interface Runner {
  readonly context: Context;
  readonly makePorts: MakePorts;
}

export interface VisitsToRun {
  readonly workspaceId: number;
  readonly visitIds: readonly number[];
}

/** While other workspaces are lively one job is run at a time: thousands may stand behind it. */
export function runVisitsTask(runner: Runner, turns: Turns): Task {
  const payload = z.object({ workspaceId: z.number().int(), visitIds: z.array(z.number().int()) });
  return defineTask({
    name: RUN_VISITS,
    payload,
    run: (job) => turns.share(job.workspaceId, () => runVisits(runner, job)),
  });
}

/**
 * Carries out whatever is due of these visits; nothing when a doubled job has done it already (semantics.md 5.3).
 * All in one transaction; if that fails, visit by visit, a savepoint a rule (architecture.md, Runs).
 */
export async function runVisits(runner: Runner, { workspaceId, visitIds }: VisitsToRun): Promise<void> {
  try {
    await inOneTransaction(runner, { workspaceId, visitIds, alone: false });
  } catch (cause) {
    runner.context.log.debug({ err: cause, workspaceId, visits: visitIds.length }, 'the visits are run one by one');
    await oneByOne(runner, { workspaceId, visitIds });
  }
}

// A visit that cannot be carried out at all stops none of the others; the job is tried again for it.
async function oneByOne(runner: Runner, { workspaceId, visitIds }: VisitsToRun): Promise<void> {
  const failures: unknown[] = [];
  for (const visitId of visitIds)
    await inOneTransaction(runner, { workspaceId, visitIds: [visitId], alone: true }).catch((error: unknown) =>
      failures.push(error),
    );
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${visitIds.length} visits could not be carried out`);
}

async function inOneTransaction(
  { context, makePorts }: Runner,
  { workspaceId, visitIds, alone }: VisitsToRun & { readonly alone: boolean },
): Promise<void> {
  const now = context.clock.now();
  await inWorkspaceOften(context.databases.app, workspaceId, async (tx) => {
    // A rule may put an item on a stage.
    await holdStages(tx);
    const works = await loadVisitWork(tx, { visitIds: await withOtherVisits(tx, visitIds, now), now });
    await runTogether({ tx, context, workspaceId, now, makePorts, alone }, works);
  });
}

// What is due on other visits of the same items takes its turn with them.
async function withOtherVisits(tx: Tx, visitIds: readonly number[], now: Date): Promise<readonly number[]> {
  return [...new Set([...visitIds, ...(await listDueBeside(tx, visitIds, now))])];
}

/** Carries out what is due of visits whose items are locked, and writes all that follows. */
export async function runTogether(
  parts: Omit<RunTogether, 'effects' | 'changed' | 'itemIds' | 'undecided' | 'breathe'>,
  works: readonly VisitWork[],
): Promise<void> {
  const itemIds = [...new Set(works.map(({ item }) => item.id))];
  const undecided = { earliest: null };
  const own = { effects: noEffects(), changed: new Set<number>(), breathe: createBreather() };
  const together: RunTogether = { ...parts, itemIds, undecided, ...own };
  const carriedOut = await runEach(together, works);
  // Alone, each rule has written its own: what is left tells of those that failed.
  await Promise.all([writeEffects(parts.tx, together.effects), saveChanged(together, carriedOut)]);
}

async function runEach(together: RunTogether, works: readonly VisitWork[]): Promise<readonly VisitWork[]> {
  const carriedOut: VisitWork[] = [];
  for (const ofItem of Map.groupBy(works, ({ item }) => item.id).values())
    carriedOut.push(...(await runItem(together, ofItem)));
  return carriedOut;
}
