import { z } from 'zod';
import { defineSignal } from './define-signal.ts';
import strings from './task.strings.json' with { type: 'json' };

export const taskStatusChanged = defineSignal({
  kind: 'task.status-changed',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({
    task: z.union([z.number().int(), z.string()]).optional(),
    status: z.string(),
    previous: z.string().optional(),
    title: z.string().optional(),
  }),
});
