import { z } from 'zod';
import { defineSignal } from './define-signal.ts';

const document = {
  documentId: z.number().int().optional(),
  template: z.union([z.number().int(), z.string()]).optional(),
};

export const documentCreated = defineSignal({
  kind: 'document.created',
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...document, by: z.enum(['person', 'rule']).default('person') }),
});

export const documentOpened = defineSignal({
  kind: 'document.opened',
  external: true,
  tie: 'direct',
  schema: z.looseObject({
    ...document,
    firstOpen: z.boolean().optional(),
    userAgent: z.string().optional(),
    ip: z.string().optional(),
    machine: z.boolean().optional(),
    employee: z.number().int().optional(),
  }),
});
