import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import { invoicePaid } from './invoice-paid.ts';
import { orderPaid } from './order-paid.ts';

export const payments: readonly TriggerDefinition[] = [invoicePaid, orderPaid];
