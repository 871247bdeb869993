import type { Email } from '@signalbox/contract/channels/emails.ts';
import type { EmailReply } from '../answer.ts';

export const replyTo = ({ id, direction, from, replyTo: asked, to, subject }: Email): EmailReply => ({
  tab: 'email',
  key: `email ${id}`,
  email: id,
  to: direction === 'in' ? [asked ?? from.address] : to,
  subject: /^(re|odp|sv|aw):/i.test(subject) ? subject : `Re: ${subject}`,
});
