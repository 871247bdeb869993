import type { AutomationFile } from '@signalbox/automation/engine/file.ts';
import type { PipelineWithStages } from '../../crm/pipelines/find-pipeline.ts';
import { deleteStage, itemsOnStage, lockItemsOnStages } from '../../crm/pipelines/pipelines.store.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, type FieldError } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import type { Acting } from '../moves/acting.ts';
import { moveItems } from '../moves/move-items.ts';

type Stage = PipelineWithStages['stages'][number];
/** One code for all, `OLD:NEW,OTHER:NEW`, or by code. */
export type MoveTo = string | ReadonlyMap<string, string> | null;

/** The stages that a file with `stages` does not name any more. */
export function leftOutStages(pipeline: PipelineWithStages, { stages }: AutomationFile): Stage[] {
  return stages === undefined ? [] : pipeline.stages.filter(({ code }) => stages.every((one) => one.code !== code));
}

/** 409 unless it is said where the items of left-out stages go (semantics.md 8.3). */
export async function checkLeftOutStages(
  tx: Tx,
  leftOut: readonly Stage[],
  { moveTo, dryRun }: { readonly moveTo: MoveTo; readonly dryRun: boolean },
): Promise<void> {
  const errors: FieldError[] = [];
  for (const stage of leftOut) {
    const count = (await itemsOnStage(tx, stage)).length;
    if (count === 0 || targetOf(stage, moveTo) !== null) continue;
    errors.push({
      path: 'stages',
      code: 'has-items',
      message: `${count} ${count === 1 ? 'item stands' : 'items stand'} on the stage ${stage.code}; say with moveTo where to`,
      params: { place: stage.name, count },
    });
  }
  if (errors.length > 0)
    throw conflict(
      'stage-has-items',
      `${errors.map(({ message }) => message).join('; ')}${dryRun ? ' (nothing was saved)' : ''}`,
      errors,
    );
}

interface Emptying {
  readonly pipeline: PipelineWithStages;
  readonly leftOut: readonly Stage[];
  readonly moveTo: MoveTo;
}

/** Moves the items away, like any move by this person, and deletes the stages. */
export async function emptyStages(tx: Tx, acting: Acting, { pipeline, leftOut, moveTo }: Emptying): Promise<number> {
  let moved = 0;
  const leaving = leftOut.map(({ id }) => id);
  await lockItemsOnStages(tx, pipeline.id, leaving);
  for (const stage of leftOut) {
    const itemIds = await itemsOnStage(tx, stage);
    if (itemIds.length > 0) {
      const stageCode = checkTarget(pipeline, targetOf(stage, moveTo));
      moved += await moveItems(tx, acting, { itemIds, pipelineId: pipeline.id, stageCode });
    }
    await deleteStage(tx, stage.id);
  }
  return moved;
}

function targetOf({ code }: Stage, moveTo: MoveTo): string | null {
  if (moveTo === null || moveTo === '') return null;
  if (typeof moveTo !== 'string') return moveTo.get(code) ?? null;
  const pairs = moveTo.split(',').map((pair) => pair.trim().split(':'));
  const own = pairs.find(([from, to]) => to !== undefined && from === code)?.[1];
  return own ?? pairs.find(([, to]) => to === undefined)?.[0] ?? null;
}

function checkTarget({ stages, name }: PipelineWithStages, code: string | null): string {
  if (code !== null && stages.some((stage) => stage.code === code)) return code;
  throw invalidAt('moveTo', 'unknown-stage', `The pipeline "${name}" has no stage ${code ?? ''}`);
}
