import { z } from 'zod';
import { defineSignal, employeeRef } from './define-signal.ts';
import strings from './task.strings.json' with { type: 'json' };

export const taskStatusChanged = defineSignal({
  kind: 'task.status-changed',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({
    /** Its id. */
    task: z.union([z.number().int(), z.string()]).optional(),
    status: z.string(),
    previous: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    /** task, call or meeting. */
    kind: z.string().optional(),
    responsible: employeeRef.optional(),
    /** The responsible's department, by name. */
    department: z.string().optional(),
    creator: employeeRef.optional(),
    deadline: z.string().optional(),
    /** Who changed it. */
    by: employeeRef.optional(),
  }),
});
