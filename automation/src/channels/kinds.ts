import type { Language } from '../kit/words/languages.ts';
import type { ChannelKind } from '../signals/channel-kinds.ts';
import strings from './kinds.strings.json' with { type: 'json' };

export interface ChannelKindText {
  /** In the plural, as the settings list it. */
  readonly name: string;
  readonly add: string;
  readonly what: string;
}

/** The words for every kind of channel; a gap does not compile. */
export const channelKindTexts: Readonly<Record<Language, Readonly<Record<ChannelKind, ChannelKindText>>>> = strings;

/** By kind: a Lucide icon. */
export const channelKindIcons: Readonly<Record<ChannelKind, string>> = {
  mailbox: 'inbox',
  'phone-line': 'phone',
  'open-channel': 'messages-square',
  'sms-provider': 'smartphone',
  'payment-provider': 'credit-card',
};
