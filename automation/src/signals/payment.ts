import { z } from 'zod';
import { defineSignal } from './define-signal.ts';

const paid = { amount: z.union([z.string(), z.number()]).optional(), currency: z.string().optional() };

export const invoicePaid = defineSignal({
  kind: 'invoice.paid',
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...paid, invoice: z.union([z.number().int(), z.string()]).optional() }),
});

export const orderPaid = defineSignal({
  kind: 'order.paid',
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...paid, order: z.union([z.number().int(), z.string()]).optional() }),
});
