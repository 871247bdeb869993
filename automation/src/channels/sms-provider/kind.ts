import type { ChannelKindDefinition } from '../../kit/definitions/define-channel.ts';
import strings from './kind.strings.json' with { type: 'json' };
import { sandboxSms } from './sandbox.ts';

/** What text messages leave through. */
export const smsProvider: ChannelKindDefinition = {
  kind: 'sms-provider',
  icon: 'smartphone',
  strings,
  providers: [sandboxSms],
};
