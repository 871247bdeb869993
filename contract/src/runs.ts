import { z } from 'zod';
import { id, listOf, time } from './common.ts';

export const runState = z.enum(['waiting', 'running', 'done', 'failed', 'skipped', 'cancelled', 'uncertain']);
export const run = z.looseObject({
  id,
  rule: z.string(),
  key: z.string(),
  name: z.string(),
  visit: id,
  state: runState,
  waitingFor: z.enum(['time', 'condition', 'task', 'answer']).nullable(),
  dueAt: time.nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  result: z.json(),
  error: z.string().nullable(),
});
export type Run = z.infer<typeof run>;
export const runs = listOf(run);
