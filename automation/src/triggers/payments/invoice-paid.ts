import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import strings from './invoice-paid.strings.json' with { type: 'json' };

/** An invoice of the item reaches its paid stage: by status, not by money in the bank. */
export const invoicePaid = defineTrigger({
  key: 'payments/invoice-paid',
  icon: 'receipt',
  group: 'payment',
  on: 'invoice.paid',
  fields: {},
  strings,
  example: {},
  matches: () => true,
});
