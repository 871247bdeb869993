import { createRehearsal, type Rehearsed } from '@signalbox/automation/engine/rehearse.ts';
import { sql } from 'kysely';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import type { Fixture } from '../../platform/fixtures.ts';
import { loadNewestBoards } from '../boards/load-boards.ts';
import { rebuildItems } from './rebuild-items.ts';
import { lastNumber, listRecordedItems } from './recorded.store.ts';

export interface Decided {
  readonly item: number;
  readonly signal: number;
  /** As the decisions table keeps them: trigger, verdict, detail. */
  readonly verdicts: unknown;
}

/** For tests: every decision of the live engine on the fixture's pipeline, since then and of items that are still there. */
export async function decided({ inside, pipelineId }: Fixture, since = new Date(0)): Promise<Decided[]> {
  const query = sql<Decided>`select d.item_id as item, d.signal_id as signal, d.verdicts from decisions d
    where d.pipeline_id = ${pipelineId} and d.decided_at >= ${since} and exists (select from items i where i.id = d.item_id)
    order by d.signal_id, d.item_id`;
  return (await inside((tx) => query.execute(tx))).rows;
}

/** For tests: every decision of a rehearsal of the newest version, and its sums. */
export function rehearseAll(
  { inside, pipelineId }: Fixture,
  since = new Date(0),
): Promise<{ rehearsed: Decided[]; result: Rehearsed }> {
  return inside(async (tx) => {
    const reference = await loadReference(tx);
    const board = (await loadNewestBoards(tx, [pipelineId], reference)).get(pipelineId);
    if (board === undefined) throw new Error('the pipeline has no board');
    const rehearsed: Decided[] = [];
    const rehearsal = createRehearsal({
      ...{ board, workspace: reference.workspace },
      onDecision: ({ item, signal, decision }) => {
        const verdicts = decision.verdicts.map(({ trigger, verdict, detail }) =>
          detail === null ? [trigger, verdict] : [trigger, verdict, detail],
        );
        rehearsed.push({ item, signal, verdicts: JSON.parse(JSON.stringify(verdicts)) });
      },
    });
    const span = { pipelineId, since, until: await lastNumber(tx) };
    const ids = (await listRecordedItems(tx, span)).map(({ id }) => id);
    for (const recorded of (await rebuildItems(tx, ids, { span, reference })).values()) rehearsal.take(recorded);
    rehearsed.sort((a, b) => a.signal - b.signal || a.item - b.item);
    return { rehearsed, result: rehearsal.result() };
  });
}
