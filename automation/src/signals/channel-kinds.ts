/** Every kind of channel there is (interfaces.md, `GET /api/v1/channels`); what each is: `channels/<kind>/kind.ts`. */
export const channelKinds = ['mailbox', 'phone-line', 'open-channel', 'sms-provider', 'payment-provider'] as const;
export type ChannelKind = (typeof channelKinds)[number];
