import { findPipelinePlace } from '@signalbox/automation/engine/binding/places-elsewhere.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { Reference } from '../crm/facts/workspace-facts.ts';

interface Named {
  readonly type: string;
  /** By id or name; null: the type's first one. */
  readonly pipeline: number | string | null;
  /** The code; null: the pipeline's first stage. */
  readonly stage: string | null;
}

/** The place that a rule's settings name. Throws `Impossible` when it is not there any more. */
export function placeNamed(
  { pipelines }: Pick<Reference, 'pipelines'>,
  { type, pipeline, stage }: Named,
): { readonly pipelineId: number; readonly stageCode: string } {
  const ofType = [...pipelines.values()].filter((one) => one.type === type);
  const found = pipeline === null ? ofType[0] : findPipelinePlace(ofType, pipeline);
  if (found === undefined) throw new Impossible(because('no-pipeline', { pipeline: pipeline ?? type }));
  const code = found.stages.find((one) => stage === null || one.code === stage)?.code;
  if (code === undefined) throw new Impossible(because('no-stage', { stage: stage ?? '', pipeline: found.name }));
  return { pipelineId: found.id, stageCode: code };
}
