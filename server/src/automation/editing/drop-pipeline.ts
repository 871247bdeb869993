import { record } from '../../audit/record.ts';
import { getStage, type PipelineWithStages } from '../../crm/pipelines/find-pipeline.ts';
import { getPipelineById } from '../../crm/pipelines/get-pipeline.ts';
import { deletePipeline, itemsOnStage, listPipelines, lockPipelines } from '../../crm/pipelines/pipelines.store.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { announce } from '../../platform/realtime.ts';
import type { Acting } from '../moves/acting.ts';
import { stopMoves } from '../moves/hold-stages.ts';
import { moveItems } from '../moves/move-items.ts';
import { cancelRunsOfPipeline } from './board-runs.store.ts';

export interface DropInput {
  readonly pipelineId: number;
  readonly toPipeline?: number | undefined;
  readonly toStage?: string | undefined;
}

/** Moves the items to another pipeline, like any move by this person, and deletes the pipeline; the last one of its type stays. */
export async function dropPipeline(tx: Tx, acting: Acting, input: DropInput): Promise<void> {
  const { type } = await getPipelineById(tx, input.pipelineId);
  await lockPipelines(tx, type);
  const pipeline = await getPipelineById(tx, input.pipelineId);
  const others = (await listPipelines(tx, type)).filter(({ id }) => id !== pipeline.id);
  if (others.length === 0)
    throw conflict('last-pipeline', `"${pipeline.name}" is the only pipeline of its type; make another one first`);
  await stopMoves(tx);
  const moved = await moveAway(tx, acting, { pipeline, others, input });
  await cancelRunsOfPipeline(tx, pipeline.id, acting.now);
  await deletePipeline(tx, pipeline.id);
  await record(tx, {
    ...{ kind: 'pipeline-deleted', on: { kind: 'pipeline', id: pipeline.id, name: pipeline.name } },
    params: { type, moved },
  });
  announce(tx, { topic: 'pipelines', kind: 'deleted', pipeline: pipeline.id });
}

interface Emptying {
  readonly pipeline: PipelineWithStages;
  readonly others: readonly PipelineWithStages[];
  readonly input: DropInput;
}

async function moveAway(tx: Tx, acting: Acting, { pipeline, others, input }: Emptying): Promise<number> {
  const items: number[] = [];
  for (const stage of pipeline.stages) items.push(...(await itemsOnStage(tx, stage)));
  if (items.length === 0) return 0;
  if (input.toPipeline === undefined)
    throw conflict(
      'has-items',
      `${items.length} items stand in "${pipeline.name}"; say with toPipeline and toStage where they go`,
      [
        {
          path: 'toPipeline',
          code: 'has-items',
          message: 'Choose where its items go',
          params: { place: pipeline.name, count: items.length },
        },
      ],
    );
  const target = others.find(({ id }) => id === input.toPipeline);
  if (target === undefined)
    throw invalidAt(
      'toPipeline',
      'unknown-pipeline',
      `There is no other ${pipeline.type} pipeline ${input.toPipeline}`,
    );
  const { code } = getStage(target, input.toStage);
  await moveItems(tx, acting, { itemIds: items, pipelineId: target.id, stageCode: code });
  return items.length;
}
