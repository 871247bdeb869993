import { defineChannel } from '../../kit/definitions/define-channel.ts';
import strings from './sandbox.strings.json' with { type: 'json' };

/** Payments that are played. */
export const sandboxPayments = defineChannel({
  kind: 'payment-provider',
  provider: 'sandbox',
  icon: 'credit-card',
  fields: {},
  strings,
  start: { nameIn: (language) => strings[language].start, settings: {} },
  example: {},
});
