import { z } from 'zod';
import { person } from './common.ts';

/** What a workspace, a person or a key has only so much of (docs/operations.md, Quotas). */
export const quotaNames = [
  ...(['items', 'tasks', 'files', 'file-bytes', 'files-of-person', 'file-bytes-of-person', 'import-rows'] as const),
  ...(['emails', 'emails-of-person', 'waiting-signals', 'calls-of-key'] as const),
] as const;
export const quotaName = z.enum(quotaNames);
export type QuotaName = z.infer<typeof quotaName>;

/** `used`: of a quota that each person or key has, what the one uses that uses the most, and whose that is. */
export const quota = z.object({
  name: quotaName,
  limit: z.number(),
  used: z.number(),
  by: person.nullable(),
});
export type Quota = z.infer<typeof quota>;
export const quotas = z.object({ data: z.array(quota) });
