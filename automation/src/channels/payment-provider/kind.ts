import type { ChannelKindDefinition } from '../../kit/definitions/define-channel.ts';
import strings from './kind.strings.json' with { type: 'json' };
import { sandboxPayments } from './sandbox.ts';

/** What clients pay through. */
export const paymentProvider: ChannelKindDefinition = {
  kind: 'payment-provider',
  icon: 'credit-card',
  strings,
  providers: [sandboxPayments],
};
