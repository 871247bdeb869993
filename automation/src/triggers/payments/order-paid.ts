import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import strings from './order-paid.strings.json' with { type: 'json' };

/** An order of the item becomes paid. */
export const orderPaid = defineTrigger({
  key: 'payments/order-paid',
  icon: 'credit-card',
  group: 'payment',
  on: 'order.paid',
  fields: {},
  strings,
  example: {},
  matches: () => true,
});
