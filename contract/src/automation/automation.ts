import { textForms } from '@signalbox/automation/kit/settings/setting.ts';
import { z } from 'zod';
import { id, idInPath, itemType, person, reason, stageKind, time } from '../common.ts';

export const boardParams = z.strictObject({ type: itemType, pipeline: z.string().min(1).max(200) });

const entry = {
  id: z.string(),
  stage: z.string(),
  name: z.string().optional(),
  enabled: z.boolean().optional(),
  when: z.json().optional(),
  settings: z.record(z.string(), z.json()).optional(),
};
const file = {
  type: itemType,
  pipeline: z.string(),
  stages: z.array(z.looseObject({ code: z.string(), name: z.string(), kind: stageKind, color: z.string().nullish() })),
  triggers: z.array(
    z.looseObject({ ...entry, on: z.string(), as: z.string().optional(), allowBack: z.boolean().optional() }),
  ),
  rules: z.array(
    z.looseObject({
      ...entry,
      do: z.string(),
      order: z.enum(['in parallel', 'after previous']).optional(),
      time: z.json().optional(),
      onLeave: z.enum(['cancel', 'keep']).optional(),
      hours: z.array(z.string()).optional(),
    }),
  ),
};

/** The automation file with its version (interfaces.md); version 0: nothing was ever saved. */
export const automation = z.looseObject({ ...file, version: z.int() });
export type Automation = z.infer<typeof automation>;

/** What is wrong, and where; line and column when the file came as text. */
export const finding = z.object({
  path: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
  code: z.string(),
  message: z.string(),
  /** What the message names, by its code: enough to say it in another language. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Finding = z.infer<typeof finding>;

/** The answer to a save: warnings did not stop it; `waitingRuns` are runs of rules that are gone or off now (semantics.md 8.2). */
export const automationSaved = z.looseObject({
  ...automation.shape,
  warnings: z.array(finding),
  waitingRuns: z.int(),
  moved: z.int(),
});

/** The file as JSON, or as YAML text (`content-type: text/yaml`). */
/** What came as JSON is not looked through again to see that it is JSON. */
export const automationBody = z.union([z.string(), z.record(z.string(), z.unknown())]);
export const MAX_FILE_BYTES = 2 * 1024 * 1024;

export const automationQuery = z.strictObject({
  /** 1: only check. */
  dryRun: z.enum(['0', '1', 'true', 'false']).optional(),
  /** The code of the stage to which the items of left-out stages go; also `OLD:NEW,OTHER:NEW`. */
  moveTo: z.string().max(2000).optional(),
  /** 1: cancel the waiting runs of rules that are deleted or switched off. */
  cancelRuns: z.enum(['0', '1', 'true', 'false']).optional(),
});

export const checkBody = z.union([
  z.strictObject({ file: z.record(z.string(), z.unknown()) }),
  z.strictObject({ yaml: z.string() }),
]);
export const checked = z.object({ errors: z.array(finding), warnings: z.array(finding) });

const change = z.object({ path: z.string(), code: z.enum(['added', 'removed', 'changed']), message: z.string() });
export const version = z.object({ version: z.int(), author: person.nullable(), savedAt: time });
export const versions = z.object({ data: z.array(version), nextCursor: z.string().nullable() });
export const versionParams = z.strictObject({ ...boardParams.shape, version: idInPath });
export const versionQuery = z.strictObject({ against: idInPath.optional() });
/** An old version; with `against` the changes that lead from that one to this. */
export const oldVersion = z.looseObject({
  ...automation.shape,
  author: person.nullable(),
  savedAt: time,
  changes: z.array(change).optional(),
});

export const boardStats = z.object({
  stages: z.record(z.string(), z.int()),
  triggers: z.record(z.string(), z.object({ moves30: z.int() })),
  rules: z.record(
    z.string(),
    z.object({
      runs30: z.int(),
      failed30: z.int(),
      waiting: z.int(),
      /** Of those that failed in 30 days. */
      lastFailure: z.object({ item: id, at: time, error: z.string().nullable(), reason: reason.nullable() }).nullable(),
    }),
  ),
});
export type BoardStats = z.infer<typeof boardStats>;

export const previewBody = z.strictObject({
  text: z.string().max(100_000),
  item: id,
  as: z.enum(textForms).default('text'),
});
export const preview = z.object({ rendered: z.string() });

/** A secret of a rule, kept apart from the board: given once and never answered. */
export const keptSecretBody = z.strictObject({ secret: z.string().min(1).max(500) });
/** What stands for it in the settings of the rule. */
export const keptSecret = z.object({ kept: z.string() });
