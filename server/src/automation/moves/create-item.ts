import { enterMade } from '@signalbox/automation/engine/chain.ts';
import { sql } from 'kysely';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { makeItemFacts } from '../../crm/items/item-facts.ts';
import { insertItem, loadItemRows } from '../../crm/items/items.store.ts';
import { holdItemType } from '../../crm/types/check-item-type.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { invalid } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import { loadNewestBoards } from '../boards/load-boards.ts';
import { type Place, takeVisitIds } from '../visits/moves.store.ts';
import { queueReplanOfParent } from '../visits/replan-item.ts';
import type { Acting } from './acting.ts';
import { beginVisits } from './apply-moves.ts';
import { holdStages } from './hold-stages.ts';
import { Looped } from './looped.ts';
import { findStage } from './move-item.ts';

export interface NewItem {
  readonly type: string;
  readonly title: string;
  /** Left out: the type's first pipeline, its first stage (interfaces.md, HTTP). */
  readonly pipelineId?: number;
  readonly stageCode?: string;
  readonly amount?: string | number | null;
  readonly currency?: string | null;
  readonly responsibleId?: number | null;
  readonly observerIds?: readonly number[];
  readonly contactId?: number | null;
  readonly companyId?: number | null;
  readonly parentId?: number | null;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** False: an import that was asked to be quiet (semantics.md 5.1). */
  readonly runRules?: boolean;
}

/** An item with its first visit, that visit's runs, and what history and timeline say about it (semantics.md 5.1). */
export async function createItem(tx: Tx, acting: Acting, item: NewItem): Promise<{ id: number }> {
  await holdItemType(tx, item.type);
  await holdStages(tx);
  const reference = await loadReference(tx);
  const place = placeOf(item, reference);
  const [visitId] = await takeVisitIds(tx, 1);
  if (visitId === undefined) throw new Error('no visit id');
  const id = await insertItem(tx, toRow(item, { acting, reference, place, visitId }));
  const boards = await loadNewestBoards(tx, [place.pipelineId], reference);
  const boardVersion = boards.get(place.pipelineId)?.version ?? 0;
  await writeBirth(tx, { id, visitId, place, boardVersion, acting, reference });
  if (item.runRules !== false) {
    const facts = (await makeItemFacts(tx, await loadItemRows(tx, [id], { lock: false }), reference)).get(id);
    if (facts !== undefined)
      await beginVisits(tx, [{ id: visitId, item: facts, at: acting.now }], { reference, boards, now: acting.now });
  }
  await queueReplanOfParent(tx, { parentId: item.parentId ?? null, type: item.type }, acting.asOf ?? acting.now);
  announce(tx, { topic: 'items', kind: 'created', item: id });
  return { id };
}

function placeOf(item: NewItem, reference: Reference): Place {
  const pipelineId = item.pipelineId ?? [...reference.pipelines.values()].find(({ type }) => type === item.type)?.id;
  if (pipelineId === undefined)
    throw invalid([{ path: 'pipeline', code: 'unknown', message: `There is no pipeline for the type ${item.type}` }]);
  const code = item.stageCode ?? reference.pipelines.get(pipelineId)?.stages[0]?.code ?? '';
  return findStage(reference, pipelineId, { type: item.type, code });
}

function toRow(item: NewItem, made: { acting: Acting; reference: Reference; place: Place; visitId: number }) {
  const { acting, reference, place, visitId } = made;
  const amount = item.amount === undefined || item.amount === null ? null : String(item.amount);
  return {
    ...{ ...place, visitId, type: item.type, title: item.title, amount, fields: item.fields ?? {}, now: acting.now },
    currency: item.currency ?? reference.workspace.currency,
    responsibleId: item.responsibleId === undefined ? acting.byId : item.responsibleId,
    creatorId: acting.byId,
    observerIds: item.observerIds ?? [],
    ...{ contactId: item.contactId ?? null, companyId: item.companyId ?? null, parentId: item.parentId ?? null },
  };
}

interface Birth {
  readonly id: number;
  readonly visitId: number;
  readonly place: Place;
  readonly boardVersion: number;
  readonly acting: Acting;
  readonly reference: Reference;
}

async function writeBirth(tx: Tx, { id, visitId, place, boardVersion, acting, reference }: Birth): Promise<void> {
  const workspaceId = workspaceOf(tx);
  const code = reference.stages.get(place.stageId)?.code ?? '';
  const chain = chainOfBirth(acting, { id, place, reference });
  const { byId, now } = acting;
  const [signalId, runId, ruleName] = [acting.signalId ?? null, acting.runId ?? null, acting.ruleName ?? null];
  const data = {
    to: code,
    by: byId,
    ...(signalId === null ? {} : { signal: signalId }),
    ...(ruleName === null ? {} : { rule: ruleName }),
  };
  await sql`
    with visited as (
      insert into visits (workspace_id, id, item_id, pipeline_id, stage_id, entered_at, board_version, by_id, signal_id, run_id, chain) overriding system value
      values (${workspaceId}, ${visitId}, ${id}, ${place.pipelineId}, ${place.stageId}, ${now}, ${boardVersion}, ${byId}, ${signalId}, ${runId},
        ${chain}::jsonb)
    ), told as (
      insert into history (workspace_id, item_id, at, author_id, field, "from", "to", rule_name, signal_id)
      values (${workspaceId}, ${id}, ${now}, ${byId}, 'stage', null, ${JSON.stringify(code)}::jsonb, ${ruleName}, ${signalId})
    )
    insert into timeline (workspace_id, item_id, kind, at, author_id, data)
    values (${workspaceId}, ${id}, 'created', ${now}, ${byId}, ${JSON.stringify(data)}::jsonb)`.execute(tx);
}

// Null stands for a chain that begins here (`chainOfVisit`).
function chainOfBirth(
  { chain, runId = null }: Acting,
  { id, place: { stageId }, reference }: Pick<Birth, 'id' | 'place' | 'reference'>,
): string | null {
  if (runId === null)
    return chain === null ? null : JSON.stringify({ ...chain, origin: { ...chain.origin, [id]: stageId } });
  const link = enterMade(chain, { item: id, stage: stageId });
  if ('chain' in link) return JSON.stringify(link.chain);
  const stages = [...link.loop.entered.map(({ stage }) => stage), stageId];
  throw new Looped(
    link.loop,
    stages.map((stage) => reference.stages.get(stage)?.code ?? String(stage)),
  );
}
