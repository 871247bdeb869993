import type { NameScope, PipelinePlace } from '../../kit/conditions/names.ts';
import type { Problem } from '../../kit/settings/problems.ts';
import { foldedText } from '../../kit/values/normal-form.ts';

/** Where the items of a board stand. */
export interface OwnPlace {
  readonly type: string;
  readonly pipelineId: number;
}

export interface Asked {
  readonly names: NameScope;
  readonly own?: OwnPlace;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whose pipelines the setting chooses from. */
  readonly of: string | null;
}

/** A pipeline that is not there, or that is the board's own. */
export function pipelineProblems(value: unknown, path: Problem['path'], asked: Asked): readonly Problem[] {
  const pipelines = pipelinesMeant(asked);
  if (pipelines === undefined || value === null || value === undefined) return [];
  const found = findPipelinePlace(pipelines, value);
  if (found === undefined) {
    const known = pipelines.map(({ name }) => name).join(', ');
    return [
      {
        ...{ path, code: 'unknown-pipeline', message: `There is no pipeline "${String(value)}"; there is ${known}` },
        params: { name: String(value), known },
      },
    ];
  }
  if (asked.of !== 'own' || found.id !== asked.own?.pipelineId) return [];
  const message = `"${found.name}" is this pipeline: another stage of it is what items/change-stage is for`;
  return [{ path, code: 'own-pipeline', message, params: { name: found.name } }];
}

/** A stage that the pipeline beside it does not have. */
export function stageThereProblems(value: unknown, path: Problem['path'], asked: Asked): readonly Problem[] {
  const pipelines = pipelinesMeant(asked);
  const { pipeline } = asked.settings;
  const found = pipeline == null ? pipelines?.[0] : findPipelinePlace(pipelines ?? [], pipeline);
  if (found === undefined || value === null || value === undefined || found.stages.includes(String(value))) return [];
  const known = found.stages.join(', ');
  const message = `The pipeline "${found.name}" has no stage "${String(value)}"; it has ${known}`;
  return [{ path, code: 'no-such-stage', message, params: { name: String(value), pipeline: found.name } }];
}

/** By name, whose case does not matter, or by id; a text of digits is an id unless a pipeline is called so. */
export function findPipelinePlace<P extends Pick<PipelinePlace, 'id' | 'name'>>(
  pipelines: readonly P[],
  ref: unknown,
): P | undefined {
  const text = foldedText(String(ref));
  return (
    (typeof ref === 'string' ? pipelines.find(({ name }) => foldedText(name) === text) : undefined) ??
    pipelines.find(({ id }) => String(id) === text)
  );
}

/** Undefined: nobody knows what there is. */
function pipelinesMeant({ names: { pipelinesOf }, own, settings, of }: Asked): readonly PipelinePlace[] | undefined {
  const type = of === 'own' ? own?.type : of === 'chosen' ? settings.type : of;
  if (pipelinesOf === undefined || typeof type !== 'string') return undefined;
  return Object.hasOwn(pipelinesOf, type) ? pipelinesOf[type] : [];
}
