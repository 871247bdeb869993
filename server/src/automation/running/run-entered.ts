import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { boardKey } from '../boards/boards.store.ts';
import type { EnteredVisit, EnteredVisits } from '../drain/run-now.ts';
import { listDueBeside, ON_TIME_MS } from '../visits/runs.store.ts';
import { loadVisitWork, type VisitWork } from '../visits/visit-work.ts';
import { type Runner, runTogether } from './run-visits.ts';

/**
 * Carries out what is due of visits that have begun in this transaction; throws when a rule cannot be carried out together with
 * the others. The caller holds the workspace's lock, so no stage goes meanwhile.
 */
export async function runEntered(
  { context, makePorts }: Runner,
  tx: Tx,
  { visits, reference, now }: EnteredVisits,
): Promise<void> {
  const works = visits.map((visit) => workOf(visit, { reference }));
  const others = await loadOthers(tx, visits, now);
  await runTogether({ context, makePorts, tx, now, workspaceId: workspaceOf(tx), alone: false }, [...works, ...others]);
}

/** What else is due of items that entered late: rules of the stages that they left may have been due before those of the new one. */
async function loadOthers(tx: Tx, visits: EnteredVisits['visits'], now: Date): Promise<readonly VisitWork[]> {
  const late = visits.filter(({ enteredAt }) => enteredAt.getTime() < now.getTime() - ON_TIME_MS);
  if (late.length === 0) return [];
  const ids = late.map(({ id }) => id);
  const beside = await listDueBeside(tx, ids, now);
  return loadVisitWork(tx, { visitIds: beside, now });
}

function workOf(
  { id, item, board, signal, chain, enteredAt, runs }: EnteredVisit,
  { reference }: Pick<EnteredVisits, 'reference'>,
): VisitWork {
  const { pipelineId, stageId } = item;
  const visit = { id, itemId: item.id, pipelineId, stageId, enteredAt, boardVersion: board.version, chain };
  const boards = new Map([[boardKey({ pipelineId, version: board.version }), board]]);
  const place = (ruleId: string) =>
    board.rules.find((rule) => rule.id === ruleId)?.position ?? Number.POSITIVE_INFINITY;
  return {
    visit: { ...visit, signalId: signal?.id ?? null },
    ...{ item, board, boards, signal, reference, leftAt: null },
    runs: runs.toSorted((a, b) => place(a.ruleId) - place(b.ruleId) || a.id - b.id),
  };
}
