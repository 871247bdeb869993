import { z } from 'zod';
import { id, reason } from '../common.ts';

/** `?dryRun=1` only says what would be taken back. */
export const undoQuery = z.strictObject({ dryRun: z.enum(['0', '1', 'true', 'false']).optional() });

/** Codes of fields that are set back although somebody has changed them since. */
const overwrite = z.array(z.string().min(1).max(100)).max(200).default([]);
export const undoBody = z.strictObject({ overwrite });
export const undoVisitBody = z.strictObject({
  visit: id,
  overwrite,
  /** Also to the stage from which the item came, if it still stands on that visit. */
  moveBack: z.boolean().default(false),
});

/** One thing that a run did, and what becomes of it. */
export const undoneLine = z.object({
  /** Null: the move that began the visit. */
  run: id.nullable(),
  rule: z.object({ key: z.string(), name: z.string() }).nullable(),
  /** Kinds of deeds, as automation's `kit/definitions/deeds.ts` lists them. */
  kind: z.string(),
  /** The code of a field, the title of a task, a text, a person. */
  about: z.string(),
  /** As it stands now, and as it is once it is taken back; null where nothing is replaced. */
  from: z.json(),
  to: z.json(),
  /** A field that the caller may not see: neither value is told. */
  hidden: z.boolean(),
  takenBack: z.boolean(),
  /** Why it stays. */
  reason: reason.nullable(),
});
export type UndoneLine = z.infer<typeof undoneLine>;

export const undone = z.object({
  dryRun: z.boolean(),
  data: z.array(undoneLine),
  /** Runs of the visit that waited and do not wait any more. */
  cancelled: z.int(),
});
export type Undone = z.infer<typeof undone>;
