import type { ItemType } from '@signalbox/contract/common.ts';
import type { ItemBody, ItemPatch, Move, MoveBody } from '@signalbox/contract/items.ts';
import { checkItem, checkNewItem } from '../../access/access-item.ts';
import { checkMayFill } from '../../access/held-fields.ts';
import type { OwnedItem } from '../../access/owned-items.store.ts';
import type { Owned } from '../../access/reach.ts';
import { loadItemRows } from '../../crm/items/items.store.ts';
import { type ItemView, loadItemViews } from '../../crm/items/list-items.store.ts';
import { getPipeline, getStage } from '../../crm/pipelines/find-pipeline.ts';
import { loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Caller } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { checkQuota } from '../../platform/quotas/check-quota.ts';
import type { MoveRow } from '../visits/moves.store.ts';
import type { Acting } from './acting.ts';
import { changeItem } from './change-item.ts';
import { checkRequired } from './check-required.ts';
import { createItem, type NewItem } from './create-item.ts';
import { holdStages } from './hold-stages.ts';
import { readItemBody, readItemPatch } from './item-body.ts';
import { moveItem } from './move-item.ts';

/** A person, or a program in their name: a new chain begins (semantics.md 7). */
export function actingAs(caller: Caller, now: Date): Acting {
  return { workspaceId: caller.workspaceId, byId: caller.employeeId, chain: null, now, rights: caller.rights };
}

/** POST /items: the new item's id. `given`: what of the body the person has filled in themselves. */
export async function createItemByPerson(
  tx: Tx,
  acting: Acting,
  body: ItemBody,
  given: GivenFields = body,
): Promise<number> {
  // Nothing is there without a title.
  const filled = filledIn(given).filter(({ code }) => code !== 'title');
  checkMayFill(acting.rights, body.type, filled);
  const item = await readItemBody(tx, body, acting.rights);
  checkNewItem(acting.rights, placed(item, acting));
  const { stages } = await getPipeline(tx, body.type, item.pipelineId);
  const stage = stages.find(({ code }) => code === item.stageCode);
  if (stage !== undefined && stage.id !== stages[0]?.id) await checkRequired(tx, stage.id, item.fields ?? {});
  await checkQuota(tx, { name: 'items', amount: 1, now: acting.now });
  const { id } = await createItem(tx, acting, item);
  return id;
}

/** PATCH /items/:id: a stage in it moves first, then the save is one signal (semantics.md 4). */
export async function patchItemByPerson(
  tx: Tx,
  acting: Acting,
  { id, patch }: { id: number; patch: ItemPatch },
): Promise<void> {
  const moves = patch.stage !== undefined || patch.pipeline !== undefined;
  if (moves) await holdStages(tx);
  const item = await lockItem(tx, id);
  checkItem(acting.rights, ownedOf(item), 'change');
  checkMayFill(acting.rights, item.type, filledIn(patch));
  checkUnchanged(item, patch.expectedUpdatedAt);
  const changes = await readItemPatch(tx, { item, patch, rights: acting.rights });
  if (moves) await moveView(tx, acting, { item, to: patch, changes });
  await changeItem(tx, acting, { itemId: id, changes });
}

/** POST /items/:id/moves: null when the item stands there already. */
export async function moveByPerson(
  tx: Tx,
  acting: Acting,
  { id, to }: { id: number; to: MoveBody },
): Promise<MoveRow | null> {
  await holdStages(tx);
  const item = await lockItem(tx, id);
  checkItem(acting.rights, ownedOf(item), 'change');
  return moveView(tx, acting, { item, to, changes: {} });
}

/** A move as answers show it (interfaces.md, HTTP). */
export async function presentMove(tx: Tx, move: MoveRow, at: Date): Promise<Move> {
  const people = await loadPeople(tx, workspaceOf(tx), [move.byId]);
  return {
    ...{ id: move.visitId, item: move.itemId, at: at.toISOString() },
    from: { pipeline: move.from.pipelineId, stage: move.from.stage },
    to: { pipeline: move.to.pipelineId, stage: move.to.stage },
    ...{ trigger: move.trigger?.name ?? null, signal: move.signalId },
    by: move.byId === null ? null : (people.get(move.byId) ?? null),
  };
}

export type GivenFields = Partial<Omit<ItemBody, 'type' | 'fields'>> & {
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
};

/** By its code and its path, each field that a body names. */
function filledIn({
  fields = {},
  ...standard
}: GivenFields & Record<string, unknown>): { code: string; path: string }[] {
  return [
    ...Object.entries(standard).flatMap(([code, value]) => (value === undefined ? [] : [{ code, path: code }])),
    ...Object.keys(fields).map((code) => ({ code, path: `fields.${code}` })),
  ];
}

async function lockItem(tx: Tx, id: number): Promise<ItemView> {
  await loadItemRows(tx, [id], { lock: true });
  const [view] = await loadItemViews(tx, [id]);
  if (view === undefined) throw notFound(`Item ${id}`);
  return view;
}

function ownedOf({ id, type, pipeline, responsibleId, observerIds }: ItemView): OwnedItem {
  return { id, type, pipelineId: pipeline, responsibleId, observerIds };
}

function placed({ type, pipelineId = 0, responsibleId, observerIds = [] }: NewItem, { byId }: Acting): Owned {
  return { type, pipelineId, observerIds, responsibleId: responsibleId === undefined ? byId : responsibleId };
}

function checkUnchanged({ id, updatedAt }: ItemView, expected: string | undefined): void {
  if (expected === undefined || new Date(expected).getTime() === updatedAt.getTime()) return;
  throw conflict(
    'changed-meanwhile',
    `Item ${id} was changed at ${updatedAt.toISOString()}, after you had read it; read it again`,
  );
}

interface StageInput {
  readonly item: ItemView;
  readonly to: { readonly stage?: string | undefined; readonly pipeline?: number | string | undefined };
  /** What the same save fills in. */
  readonly changes: Readonly<Record<string, unknown>>;
}

async function moveView(tx: Tx, acting: Acting, { item, to, changes }: StageInput): Promise<MoveRow | null> {
  const type: ItemType = item.type;
  const pipeline = await getPipeline(tx, type, to.pipeline ?? item.pipeline, acting.rights);
  const stage = getStage(pipeline, to.stage ?? (pipeline.id === item.pipeline ? item.stage : undefined));
  if (pipeline.id === item.pipeline && stage.code === item.stage) return null;
  // Into a pipeline only who could put it there.
  if (pipeline.id !== item.pipeline) checkNewItem(acting.rights, { ...ownedOf(item), pipelineId: pipeline.id });

  await checkRequired(tx, stage.id, { ...item.fields, ...changes });
  const moved = await moveItem(tx, acting, { itemId: item.id, stageCode: stage.code, pipelineId: pipeline.id });
  return moved.moved ? moved.move : null;
}
