import { z } from 'zod';
import { id, idInPath, itemType, listOf, name, shortPageQuery, stageKind } from './common.ts';

export const stageCode = z.string().regex(/^[A-Za-z0-9_-]{1,50}$/, 'Letters, digits, _ and -, at most 50');
export const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'A colour like #228be6');

export const stage = z.object({ id, code: z.string(), name: z.string(), kind: stageKind, color: z.string() });
export type Stage = z.infer<typeof stage>;
/** `version` is the board's: what `If-Match` of a save is compared with. */
export const pipeline = z.object({ id, type: itemType, name: z.string(), version: z.int(), stages: z.array(stage) });
export type Pipeline = z.infer<typeof pipeline>;
export const pipelines = listOf(pipeline);
export const pipelinesQuery = z.strictObject({ ...shortPageQuery, type: itemType.optional() });

export const stageBody = z.strictObject({
  code: stageCode,
  name,
  kind: stageKind.default('open'),
  color: color.optional(),
});
/** What a new pipeline begins with, when its stages are not given one by one. */
export const pipelineStart = z.union([
  z.enum(['empty', 'sample']),
  z.strictObject({ pipeline: id, automation: z.boolean().default(false) }),
]);
export type PipelineStart = z.input<typeof pipelineStart>;

export const pipelineBody = z
  .strictObject({
    type: itemType,
    name,
    stages: z.array(stageBody).min(1).max(100).optional(),
    from: pipelineStart.optional(),
  })
  .refine(({ stages, from }) => (stages === undefined) !== (from === undefined), {
    path: ['stages'],
    error: 'Give either `stages` or `from`',
    params: { code: 'required' },
  });
export type PipelineBody = z.input<typeof pipelineBody>;

/** `place` counts from 0 among the pipelines of its type. The stages are changed with PUT /pipelines/:id/stages. */
export const pipelinePatch = z
  .strictObject({ name: name.optional(), place: z.int().min(0).max(1_000).optional() })
  .refine((patch) => patch.name !== undefined || patch.place !== undefined, 'Give `name` or `place`');
export type PipelinePatch = z.infer<typeof pipelinePatch>;

/** Where the items of a pipeline that is deleted go. */
export const pipelineDeleteQuery = z.strictObject({
  toPipeline: idInPath.optional(),
  toStage: z.string().max(50).optional(),
});

/** The code of a stage that is there: one that an automation file made may hold any characters. */
const knownCode = z.string().trim().min(1).max(64);

/** A stage without a code is new and gets one made from its name; the code never changes after that. */
export const editedStage = z.strictObject({
  code: knownCode.optional(),
  name,
  kind: stageKind,
  color: color.optional(),
});
/** What is to happen to what stands on a stage that is left out. */
export const leftStage = z.strictObject({
  /** The code of the stage to which its items go. */
  moveTo: knownCode.optional(),
  /** Its triggers and rules: deleted with it, or moved to `moveTo` too. */
  automation: z.enum(['delete', 'move']).default('delete'),
});
export const stagesBody = z.strictObject({
  stages: z.array(editedStage).min(1).max(100),
  left: z.record(knownCode, leftStage).default({}),
});
export type StagesBody = z.input<typeof stagesBody>;
/** `moved` counts the items, `dropped` the triggers and rules that went with their stage. */
export const stagesSaved = z.object({ pipeline, moved: z.int(), dropped: z.int() });
