import type { ChannelKindDefinition } from '../../kit/definitions/define-channel.ts';
import { apiPhoneLine } from './api.ts';
import { asteriskPhoneLine } from './asterisk.ts';
import { bitrix24PhoneLine } from './bitrix24.ts';
import strings from './kind.strings.json' with { type: 'json' };
import { sandboxPhoneLine } from './sandbox.ts';
import { twilioPhoneLine } from './twilio.ts';

/** Numbers that clients call and are called from. */
export const phoneLine: ChannelKindDefinition = {
  kind: 'phone-line',
  icon: 'phone',
  strings,
  providers: [sandboxPhoneLine, apiPhoneLine, asteriskPhoneLine, twilioPhoneLine, bitrix24PhoneLine],
};
