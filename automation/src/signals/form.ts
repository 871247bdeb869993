import { z } from 'zod';
import { defineSignal } from './define-signal.ts';

export const formSubmitted = defineSignal({
  kind: 'form.submitted',
  external: true,
  tie: 'either',
  schema: z.looseObject({
    form: z.union([z.number().int(), z.string()]).optional(),
    callback: z.boolean().default(false),
    answers: z.record(z.string(), z.unknown()).optional(),
  }),
});
