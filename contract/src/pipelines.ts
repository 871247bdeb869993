import { z } from 'zod';
import { id, itemType, listOf, name, shortPageQuery, stageKind } from './common.ts';

export const stageCode = z.string().regex(/^[A-Za-z0-9_-]{1,50}$/, 'Letters, digits, _ and -, at most 50');
export const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'A colour like #228be6');

export const stage = z.object({ id, code: z.string(), name: z.string(), kind: stageKind, color: z.string() });
export type Stage = z.infer<typeof stage>;
export const pipeline = z.object({ id, type: itemType, name: z.string(), stages: z.array(stage) });
export type Pipeline = z.infer<typeof pipeline>;
export const pipelines = listOf(pipeline);
export const pipelinesQuery = z.strictObject({ ...shortPageQuery, type: itemType.optional() });

export const stageBody = z.strictObject({
  code: stageCode,
  name,
  kind: stageKind.default('open'),
  color: color.optional(),
});
export const pipelineBody = z.strictObject({ type: itemType, name, stages: z.array(stageBody).min(1).max(100) });
export type PipelineBody = z.input<typeof pipelineBody>;
/** The stages are changed with the board: PUT /automation/:type/:pipeline. */
export const pipelinePatch = z.strictObject({ name });
