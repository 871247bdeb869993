/** Every kind of channel there is (interfaces.md, `GET /api/v1/channels`); what each may be set up with: `channels/index.ts`. */
export const channelKinds = ['mailbox', 'phone-line', 'open-channel', 'sms-provider', 'payment-provider'] as const;
export type ChannelKind = (typeof channelKinds)[number];
