import { z } from 'zod';
import { defineSignal } from './define-signal.ts';
import strings from './form.strings.json' with { type: 'json' };

export const formSubmitted = defineSignal({
  kind: 'form.submitted',
  strings,
  external: true,
  tie: 'either',
  schema: z.looseObject({
    form: z.union([z.number().int(), z.string()]).optional(),
    callback: z.boolean().default(false),
    answers: z.record(z.string(), z.unknown()).optional(),
  }),
});
