import { z } from 'zod';

export const fieldError = z.looseObject({
  /** `triggers[0].settings.links`, `[3].payload.url`; empty = the whole body. */
  path: z.string(),
  code: z.string(),
  message: z.string(),
  /** What the message names, by its code: enough to say it in another language. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  line: z.int().optional(),
  column: z.int().optional(),
});

/** RFC 9457 `application/problem+json` (interfaces.md, HTTP). */
export const problem = z.looseObject({
  type: z.string().optional(),
  status: z.int(),
  code: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(fieldError),
});
export type ProblemBody = z.infer<typeof problem>;
