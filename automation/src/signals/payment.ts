import { z } from 'zod';
import { defineSignal } from './define-signal.ts';
import strings from './payment.strings.json' with { type: 'json' };

const paid = { amount: z.union([z.string(), z.number()]).optional(), currency: z.string().optional() };

export const invoicePaid = defineSignal({
  kind: 'invoice.paid',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...paid, invoice: z.union([z.number().int(), z.string()]).optional() }),
});

export const orderPaid = defineSignal({
  kind: 'order.paid',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...paid, order: z.union([z.number().int(), z.string()]).optional() }),
});
