import { extendChain } from '@signalbox/automation/engine/chain.ts';
import type { Chain, ItemFacts } from '@signalbox/automation/kit/facts.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { enterStage, makeItemFacts } from '../../crm/items/item-facts.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import type { Tx } from '../../platform/db.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import { loadNewestBoards } from '../boards/load-boards.ts';
import type { MoveRow, Place } from '../visits/moves.store.ts';
import type { Acting } from './acting.ts';
import { applyMoves, type Move } from './apply-moves.ts';
import { holdStages } from './hold-stages.ts';
import { Looped } from './looped.ts';

export interface MoveWish {
  readonly itemId: number;
  /** The code. */
  readonly stageCode: string;
  readonly pipelineId?: number;
  /** No rule of the stage begins: a move is taken back. */
  readonly withoutRules?: boolean;
}

/** The one command that moves one item, for people, the API and rules (semantics.md 4). Throws Looped (semantics.md 7). */
export async function moveItem(
  tx: Tx,
  acting: Acting,
  wish: MoveWish,
): Promise<{ moved: true; move: MoveRow } | { moved: false }> {
  await holdStages(tx);
  const [row] = await loadItemRows(tx, [wish.itemId], { lock: true });
  if (row === undefined) throw notFound(`item ${wish.itemId}`);

  const reference = await loadReference(tx);
  const to = findStage(reference, wish.pipelineId ?? row.pipelineId, { type: row.type, code: wish.stageCode });
  if (to.stageId === row.stageId) return { moved: false };

  const facts = (await makeItemFacts(tx, [row], reference)).get(row.id);
  if (facts === undefined) throw new Error(`item ${row.id} has no facts`);
  const move = toMove(acting, { row, item: facts, to, reference });
  const boards = await loadNewestBoards(tx, [to.pipelineId], reference);
  const { withoutRules = false } = wish;
  const world = { reference, boards, now: acting.now, withoutRules };
  const { rows } = await applyMoves(tx, [move], world, () => null);
  const [applied] = rows;
  if (applied === undefined) throw new Error(`item ${row.id} did not move`);
  return { moved: true, move: applied };
}

interface Moving {
  readonly row: ItemRow;
  readonly item: ItemFacts;
  readonly to: Place;
  readonly reference: Reference;
}

/** The move as it will be written; throws Looped (semantics.md 7). */
export function toMove(acting: Acting, { row, item, to, reference }: Moving): Move {
  return {
    item: enterStage(item, to, reference, acting.now),
    from: { pipelineId: row.pipelineId, stageId: row.stageId },
    chain: linkOf(acting.chain, { item, to: to.stageId, reference }),
    byId: acting.byId,
    trigger: acting.trigger ?? null,
    ruleName: acting.ruleName ?? null,
    signalId: acting.signalId ?? null,
    runId: acting.runId ?? null,
    at: acting.asOf ?? acting.now,
  };
}

/** A stage by its code; throws UserError when the pipeline is another type's or has no such stage. */
export function findStage(
  reference: Reference,
  pipelineId: number,
  { type, code }: { type: string; code: string },
): Place {
  const pipeline = reference.pipelines.get(pipelineId);
  if (pipeline === undefined || pipeline.type !== type)
    throw invalid([
      { path: 'pipeline', code: 'unknown', message: `There is no pipeline ${pipelineId} for the type ${type}` },
    ]);
  const stage = pipeline.stages.find((one) => one.code === code);
  if (stage === undefined)
    throw invalid([
      {
        path: 'stage',
        code: 'unknown',
        message: `The pipeline ${pipeline.name} has no stage ${code}; it has ${pipeline.stages.map((one) => one.code).join(', ')}`,
      },
    ]);
  return { pipelineId, stageId: stage.id };
}

function linkOf(
  chain: Chain | null,
  { item, to, reference }: { item: ItemFacts; to: number; reference: Reference },
): Chain {
  const link = extendChain(chain, { item: item.id, from: item.stageId, to });
  if ('chain' in link) return link.chain;
  const stages = [link.loop.origin[item.id] ?? item.stageId, ...link.loop.entered.map(({ stage }) => stage), to];
  throw new Looped(
    link.loop,
    stages.map((id) => reference.stages.get(id)?.code ?? String(id)),
  );
}
