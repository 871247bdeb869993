/** Every kind of channel there is (interfaces.md, `GET /api/v1/channels`); what each is: `channels/<kind>/kind.ts`. */
export const channelKinds = [
  // A kind is one line here, in the order of the settings: a new one comes last.
  'mailbox',
  'phone-line',
  'open-channel',
  'sms-provider',
  'payment-provider',
] as const;
export type ChannelKind = (typeof channelKinds)[number];
