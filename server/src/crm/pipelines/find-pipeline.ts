import type { ItemType } from '@signalbox/contract/common.ts';
import { seesPipeline } from '../../access/access-pipeline.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { checkItemType } from '../types/check-item-type.ts';
import { listPipelines, type StageRow } from './pipelines.store.ts';

type Pipelines = Awaited<ReturnType<typeof listPipelines>>;
export type PipelineWithStages = Pipelines[number];

/** By id, or by name (case does not matter); text of digits is an id unless a pipeline is named so. */
export function findPipeline(pipelines: Pipelines, ref: number | string): PipelineWithStages | undefined {
  const text = String(ref).toLowerCase();
  return (
    pipelines.find((one) => one.name.toLowerCase() === text && typeof ref === 'string') ??
    pipelines.find((one) => String(one.id) === text)
  );
}

/** The pipeline that a body names, or the type's first that these rights let be seen; 422 at `pipeline` that lists what there is. */
export async function getPipeline(
  tx: Tx,
  type: ItemType,
  ref: number | string | undefined,
  rights?: Rights,
): Promise<PipelineWithStages> {
  const all = await listPipelines(tx, type);
  const pipelines = rights === undefined ? all : all.filter((one) => seesPipeline(rights, one));
  const found = ref === undefined ? pipelines[0] : findPipeline(pipelines, ref);
  if (found !== undefined) return found;
  if (pipelines.length === 0 && all.length > 0) throw missingRight('no-item-add');
  if (pipelines.length === 0) await checkItemType(tx, type);
  if (pipelines.length === 0)
    throw invalidAt(
      'pipeline',
      'no-pipeline',
      `There is no pipeline for ${type} items; make one with POST /api/v1/pipelines`,
    );
  const names = pipelines.map(({ name }) => `"${name}"`).join(', ');
  throw invalidAt('pipeline', 'unknown-pipeline', `There is no ${type} pipeline ${ref}; there is ${names}`);
}

/** The stage by its code, or the first; 422 at `stage` that lists the codes. */
export function getStage({ name, stages }: PipelineWithStages, code: string | undefined): StageRow {
  const found = code === undefined ? stages[0] : stages.find((stage) => stage.code === code);
  if (found !== undefined) return found;
  const codes = stages.map((stage) => stage.code).join(', ');
  throw invalidAt('stage', 'unknown-stage', `The pipeline "${name}" has no stage ${code ?? ''}; it has ${codes}`);
}
