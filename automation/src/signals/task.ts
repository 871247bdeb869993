import { z } from 'zod';
import { defineSignal } from './define-signal.ts';

export const taskStatusChanged = defineSignal({
  kind: 'task.status-changed',
  external: true,
  tie: 'direct',
  schema: z.looseObject({
    task: z.union([z.number().int(), z.string()]).optional(),
    status: z.string(),
    previous: z.string().optional(),
    title: z.string().optional(),
  }),
});
