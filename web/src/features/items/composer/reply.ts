import type { Email } from '@signalbox/contract/channels/emails.ts';

/** An e-mail that is being answered. */
export interface Reply {
  email: number;
  to: string[];
  subject: string;
}

export const replyTo = ({ id, direction, from, to, subject }: Email): Reply => ({
  email: id,
  to: direction === 'in' ? [from.address] : to,
  subject: /^(re|odp|sv|aw):/i.test(subject) ? subject : `Re: ${subject}`,
});
