// A kind of channel is one line here.
export { mailbox } from './mailbox/kind.ts';
export { openChannel } from './open-channel/kind.ts';
export { paymentProvider } from './payment-provider/kind.ts';
export { phoneLine } from './phone-line/kind.ts';
export { smsProvider } from './sms-provider/kind.ts';
