import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import type { PipelineWithStages } from './find-pipeline.ts';
import { listPipelines } from './pipelines.store.ts';

/** 404 for a pipeline of another workspace too. */
export async function getPipelineById(tx: Tx, id: number): Promise<PipelineWithStages> {
  const found = (await listPipelines(tx)).find((one) => one.id === id);
  if (found === undefined) throw notFound(`Pipeline ${id}`);
  return found;
}

/** 409 when the type has a pipeline of this name. */
export async function checkNewPipelineName(
  tx: Tx,
  { type, name }: { type: string; name: string },
  own?: number,
): Promise<void> {
  const taken = (await listPipelines(tx, type)).some(
    (one) => one.id !== own && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) throw nameTaken({ type, name });
}

export function nameTaken({ type, name }: { type: string; name: string }) {
  return conflict('name-taken', `There is a ${type} pipeline "${name}" already`, [
    { path: 'name', code: 'taken', message: 'Choose another name' },
  ]);
}

export function presentPipeline({ stages, ...plain }: PipelineWithStages) {
  return { ...plain, stages: stages.map(({ pipeline_id: _, ...stage }) => stage) };
}
