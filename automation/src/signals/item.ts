import { z } from 'zod';
import { defineSignal } from './define-signal.ts';
import strings from './item.strings.json' with { type: 'json' };

/** One save by a person, a rule or the API, with every changed field; the stage is never among them (semantics.md 4). */
export const itemChanged = defineSignal({
  kind: 'item.changed',
  strings,
  external: false,
  tie: 'direct',
  schema: z.looseObject({
    changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    by: z.number().int().nullish(),
  }),
});
