import type { ChannelKindDefinition } from '../../kit/definitions/define-channel.ts';
import strings from './kind.strings.json' with { type: 'json' };
import { sandboxMailbox } from './sandbox.ts';
import { smtpMailbox } from './smtp.ts';

/** Addresses that clients write to and are written to from. */
export const mailbox: ChannelKindDefinition = {
  kind: 'mailbox',
  icon: 'inbox',
  strings,
  providers: [sandboxMailbox, smtpMailbox],
};
