import type { ChannelDefinition } from '../kit/definitions/define-channel.ts';
import type { ChannelKind } from '../signals/channel-kinds.ts';
import { sandboxMailbox } from './mailbox/sandbox.ts';
import { smtpMailbox } from './mailbox/smtp.ts';
import { sandboxOpenChannel } from './open-channel/sandbox.ts';
import { sandboxPayments } from './payment-provider/sandbox.ts';
import { sandboxPhoneLine } from './phone-line/sandbox.ts';
import { sandboxSms } from './sms-provider/sandbox.ts';

/** Every provider of every kind of channel, as the settings offer them. */
export const channels: readonly ChannelDefinition[] = [
  sandboxMailbox,
  smtpMailbox,
  sandboxPhoneLine,
  sandboxOpenChannel,
  sandboxSms,
  sandboxPayments,
];

export const providersOf = (kind: ChannelKind): readonly ChannelDefinition[] =>
  channels.filter((channel) => channel.kind === kind);

/** Undefined: the kind has no such provider. */
export const findChannelDefinition = (kind: ChannelKind, provider: string): ChannelDefinition | undefined =>
  channels.find((channel) => channel.kind === kind && channel.provider === provider);
