import { z } from 'zod';
import { defineSignal } from './define-signal.ts';
import strings from './document.strings.json' with { type: 'json' };

const document = {
  documentId: z.number().int().optional(),
  template: z.union([z.number().int(), z.string()]).optional(),
};

export const documentCreated = defineSignal({
  kind: 'document.created',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...document, by: z.enum(['person', 'rule']).default('person') }),
});

export const documentOpened = defineSignal({
  kind: 'document.opened',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({
    ...document,
    firstOpen: z.boolean().optional(),
    userAgent: z.string().optional(),
    ip: z.string().optional(),
    machine: z.boolean().optional(),
    evidence: z.array(z.unknown()).optional(),
    employee: z.number().int().optional(),
  }),
});
