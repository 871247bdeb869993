import { createRehearsal, type Rehearsed } from '@signalbox/automation/engine/rehearsing/rehearse.ts';
import { sql } from 'kysely';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import type { Fixture } from '../../platform/fixtures.ts';
import { loadNewestBoards } from '../boards/load-boards.ts';
import type { KeptColumns } from '../verdicts/read-verdicts.ts';
import { type PlainVerdict, plainVerdicts } from '../verdicts/testing-verdicts.ts';
import { rebuildItems } from './rebuild-items.ts';
import { lastNumber, listRecordedItems } from './recorded.store.ts';

export interface Decided {
  readonly item: number;
  readonly signal: number;
  readonly verdicts: readonly PlainVerdict[];
}

/** For tests: every decision of the live engine on the fixture's pipeline, since then and of items that are still there. */
export async function decided({ inside, pipelineId }: Fixture, since = new Date(0)): Promise<Decided[]> {
  const query = sql<KeptColumns & { item: number; signal: number }>`
    select d.item_id as item, d.signal_id as signal, d.verdicts, d.hearers from decisions d
    where d.pipeline_id = ${pipelineId} and d.decided_at >= ${since} and exists (select from items i where i.id = d.item_id)
    order by d.signal_id, d.item_id`;
  return inside(async (tx) => {
    const { rows } = await query.execute(tx);
    const verdicts = await plainVerdicts(tx, rows);
    return rows.map(({ item, signal }, at) => ({ item, signal, verdicts: verdicts[at] ?? [] }));
  });
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
