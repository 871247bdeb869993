import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { pipelineBody } from '@signalbox/contract/pipelines.ts';
import type { z } from 'zod';
import { record } from '../../audit/record.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { checkStages } from '../../crm/pipelines/check-stages.ts';
import { startingStages } from '../../crm/pipelines/default-pipelines.ts';
import { checkNewPipelineName, getPipelineById, nameTaken } from '../../crm/pipelines/get-pipeline.ts';
import { insertPipeline, type NewStage, putStages } from '../../crm/pipelines/pipelines.store.ts';
import { holdItemType } from '../../crm/types/check-item-type.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { announce } from '../../platform/realtime.ts';
import { readBoard } from '../boards/read-board.ts';
import type { Acting } from '../moves/acting.ts';
import { saveBoard } from './save-board.ts';

type PipelineInput = z.output<typeof pipelineBody>;

/** A pipeline with the stages given, with a few to begin with, or with those of another one (and its automation). */
export async function makePipeline(tx: Tx, acting: Acting, input: PipelineInput): Promise<number> {
  const { type, name, from } = input;
  await holdItemType(tx, type);
  await checkNewPipelineName(tx, { type, name });
  const stages = await stagesOf(tx, input);
  checkStages(stages);
  const id = await insertPipeline(tx, { type, name });
  if (id === undefined) throw nameTaken({ type, name });
  await putStages(tx, id, stages);
  if (typeof from === 'object' && from.automation) await copyBoard(tx, acting, { from: from.pipeline, to: id });
  await record(tx, { kind: 'pipeline-made', on: { kind: 'pipeline', id, name }, params: { type } });
  announce(tx, { topic: 'pipelines', kind: 'created', pipeline: id });
  return id;
}

async function stagesOf(tx: Tx, { type, stages, from = 'empty' }: PipelineInput): Promise<readonly NewStage[]> {
  if (stages !== undefined) return stages;
  if (typeof from === 'string') {
    const { workspace } = await loadReference(tx);
    return startingStages(type, from, parseLanguage(workspace.language));
  }
  const pattern = await getPipelineById(tx, from.pipeline);
  if (pattern.type === type) return pattern.stages;
  throw invalidAt(
    'from.pipeline',
    'other-type',
    `The pipeline "${pattern.name}" is for ${pattern.type}, not for ${type}`,
  );
}

async function copyBoard(tx: Tx, acting: Acting, { from, to }: { from: number; to: number }): Promise<void> {
  const { file } = await readBoard(tx, await getPipelineById(tx, from));
  const { name, type } = await getPipelineById(tx, to);
  const input = { ifVersion: null, moveTo: null, cancelRuns: false, dryRun: false };
  await saveBoard(tx, acting, { ...input, address: { type, pipeline: String(to) }, raw: { ...file, pipeline: name } });
}
