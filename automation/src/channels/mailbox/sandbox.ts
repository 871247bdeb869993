import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { choice, email, number, text } from '../../kit/settings/fields.ts';
import { whoWrites } from '../../kit/settings/who-writes.ts';
import strings from './sandbox.strings.json' with { type: 'json' };

/** A mailbox whose mail never leaves this machine. */
export const sandboxMailbox = defineChannel({
  kind: 'mailbox',
  provider: 'sandbox',
  icon: 'inbox',
  fields: {
    address: email(),
    senderName: text({ most: 500 }),
    writer: choice(whoWrites, 'rule'),
    holdClicks: number({ initial: 3, most: 60, whole: true }),
    newSenders: number({ initial: 1_000, most: 100_000, whole: true }),
  },
  ties: 'latest',
  strings,
  start: { nameIn: () => 'sales@sandbox.test', settings: { address: 'sales@sandbox.test' } },
  example: { address: 'sales@sandbox.test' },
});
