// A channel is one line here. `compose/parts.test.ts` says what else it needs (docs/adding-a-channel.md).
export { email } from './email/part.ts';
export { phone } from './phone/part.ts';
export { sms } from './sms/part.ts';
