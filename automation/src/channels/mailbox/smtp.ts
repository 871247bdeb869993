import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { choice, email, number, port, secret, text } from '../../kit/settings/fields.ts';
import { whoWrites } from '../../kit/settings/who-writes.ts';
import strings from './smtp.strings.json' with { type: 'json' };

/** A mailbox that hands its mail to an SMTP server; without a host of its own to that of SMTP_URL. */
export const smtpMailbox = defineChannel({
  kind: 'mailbox',
  provider: 'smtp',
  icon: 'mail',
  fields: {
    address: email(),
    senderName: text({ most: 500 }),
    writer: choice(whoWrites, 'rule'),
    holdClicks: number({ initial: 3, most: 60, whole: true }),
    newSenders: number({ initial: 1_000, most: 100_000, whole: true }),
    smtpHost: text({ most: 500 }),
    smtpPort: port(587),
    smtpSecurity: choice(['starttls', 'tls', 'none'], 'starttls'),
    smtpUser: text({ most: 500 }),
    smtpPassword: secret(),
  },
  ties: 'latest',
  strings,
  example: { address: 'office@firm.test', smtpHost: 'smtp.firm.test', smtpUser: 'office', smtpPassword: 'secret' },
});
