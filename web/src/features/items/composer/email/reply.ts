import type { Email } from '@signalbox/contract/channels/emails.ts';
import type { EmailReply } from '../answer.ts';

export const replyTo = ({ id, direction, from, replyTo: asked, answersElsewhere, to, subject }: Email): EmailReply => ({
  tab: 'email',
  key: `email ${id}`,
  email: id,
  to: direction === 'in' ? [asked ?? from.address] : to,
  elsewhere:
    direction === 'in' && answersElsewhere !== null ? { address: answersElsewhere, sender: from.address } : null,
  subject: /^(re|odp|sv|aw):/i.test(subject) ? subject : `Re: ${subject}`,
});
