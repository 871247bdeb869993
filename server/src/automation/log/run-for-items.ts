import { planRun } from '@signalbox/automation/engine/schedule.ts';
import { record } from '../../audit/record.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { loadItemFacts } from '../../crm/items/item-facts.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import { type BoardAddress, getBoardPipeline, readBoard } from '../boards/read-board.ts';
import type { Acting } from '../moves/acting.ts';
import type { RunRow } from '../visits/plan-runs.ts';
import { queueDueVisits } from '../visits/queue-visits.ts';
import { insertRuns } from '../visits/runs.store.ts';
import { listItemsForRule } from './item-runs.store.ts';

export interface RuleForItems {
  readonly address: BoardAddress;
  readonly ruleId: string;
  readonly dryRun: boolean;
}

/** "Also run for N items now on this stage", as if they had entered it now; with `dryRun` only says which (semantics.md 5.1). */
export async function runForItems(
  tx: Tx,
  acting: Acting,
  { address, ruleId, dryRun }: RuleForItems,
): Promise<{ id: number; title: string }[]> {
  const pipeline = await getBoardPipeline(tx, address);
  const { board, version } = await readBoard(tx, pipeline);
  const rule = board.rules.find((one) => one.id === ruleId);
  if (rule === undefined) throw notFound(`The rule ${ruleId}`);
  if (!rule.enabled) throw conflict('rule-disabled', 'The rule is switched off; switch it on and save first');

  const found = await listItemsForRule(tx, { pipelineId: pipeline.id, stageId: rule.stageId, ruleId });
  const items = found.map(({ id, title }) => ({ id, title }));
  if (dryRun || found.length === 0) return items;

  const { workspace } = await loadReference(tx);
  const facts = await loadItemFacts(
    tx,
    found.map(({ id }) => id),
    { lock: true },
  );
  const enteredAt = acting.now.getTime();
  const rows = found.flatMap(({ id, visitId }): RunRow[] => {
    const item = facts.get(id);
    if (item === undefined || item.stageId !== rule.stageId) return [];
    const plan = planRun({ rule, enteredAt, previousEndedAt: enteredAt, item, workspace, results: {}, now: enteredAt });
    const waits = plan.state === 'waiting';
    const dueAt = !waits ? acting.now : plan.dueAt === null ? null : new Date(plan.dueAt);
    return [
      {
        visitId,
        itemId: id,
        pipelineId: pipeline.id,
        ruleId,
        entry: !waits,
        keep: rule.onLeave === 'keep',
        waitingFor: waits ? 'time' : null,
        dueAt,
      },
    ];
  });
  await insertRuns(tx, rows, { by: null, boardVersion: version });
  await record(tx, {
    ...{ kind: 'rule-run', on: { kind: 'pipeline', id: pipeline.id, name: pipeline.name } },
    params: { rule: rule.name ?? ruleId, count: rows.length },
  });
  await queueDueVisits(tx, rows, acting.now);
  for (const { itemId } of rows) announce(tx, { topic: 'runs', kind: 'changed', item: itemId });
  return items;
}
