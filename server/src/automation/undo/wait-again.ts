import type { Tx } from '../../platform/db.ts';
import { loadBoardVersions } from '../boards/boards.store.ts';
import type { RunRow } from '../visits/plan-runs.ts';
import { queueDueVisits } from '../visits/queue-visits.ts';
import { insertRuns } from '../visits/runs.store.ts';
import { listStageRules, type StageRule } from '../visits/stage-rules.ts';
import { listVisits } from '../visits/visits.store.ts';
import { type LeftRun, listLeft } from './undo.store.ts';

interface Returning {
  readonly itemId: number;
  /** The visit that the move had ended, and the one on which the item is back. */
  readonly left: number;
  readonly visitId: number;
  readonly now: Date;
}

/**
 * What waited on the stage for a later moment, and was cancelled by the move that is taken back, waits again: as new runs of the visit on
 * which the item is back, for a run that has ended is never planned again (semantics.md 5.3). Answers the names of the rules that do not:
 * their moment has passed meanwhile, or they were links of what has ended.
 */
export async function waitAgain(tx: Tx, { itemId, left, visitId, now }: Returning): Promise<string[]> {
  const [visit] = await listVisits(tx, [left]);
  const cancelled = await listLeft(tx, left);
  if (visit === undefined || cancelled.length === 0) return [];
  const { pipelineId, stageId, boardVersion } = visit;
  const [board] = (await loadBoardVersions(tx, [{ pipelineId, version: boardVersion }])).values();
  const links = new Map(
    (board === undefined ? [] : listStageRules(board, stageId)).map((link) => [link.rule.id, link]),
  );
  const again = chooseWaiting(cancelled, links, now);
  const rows = again.map(({ keep, dueAt, ruleId, awaited }): RunRow => {
    const place = { visitId, itemId, pipelineId, ruleId, keep, entry: false };
    // Its condition is asked anew, and so is its deadline counted.
    if (awaited) return { ...place, dueAt: now, waitingFor: null };
    const isLink = dueAt === null && (links.get(ruleId)?.waitsFor ?? []).length > 0;
    return { ...place, dueAt, waitingFor: isLink ? null : 'time' };
  });
  await insertRuns(tx, rows, { by: null, boardVersion });
  await queueDueVisits(tx, rows, now);
  return cancelled.flatMap((run) => (again.includes(run) ? [] : [links.get(run.ruleId)?.rule.name ?? run.ruleId]));
}

/** A link waits again when all that it waits for does. */
function chooseWaiting(
  cancelled: readonly LeftRun[],
  links: ReadonlyMap<string, StageRule>,
  now: Date,
): readonly LeftRun[] {
  const chosen = new Set<string>();
  const inOrder = [...links.keys()].flatMap((id) => cancelled.filter(({ ruleId }) => ruleId === id));
  for (const { ruleId, dueAt, awaited } of inOrder) {
    const waitsFor = links.get(ruleId)?.waitsFor ?? [];
    if (awaited || (dueAt === null ? waitsFor.every((id) => chosen.has(id)) : dueAt > now)) chosen.add(ruleId);
  }
  return cancelled.filter(({ ruleId }) => chosen.has(ruleId));
}
