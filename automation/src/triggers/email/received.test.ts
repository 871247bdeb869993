import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { received } from './received.ts';

describe('email/received', () => {
  it.each([
    ['hears every e-mail of the client', {}, 'email.received', {}, null],
    ['hears the chosen mailbox by id', { mailboxes: [3] }, 'email.received', { mailbox: 3 }, null],
    [
      'hears the chosen mailbox by address',
      { mailboxes: ['Sales@sandbox.test'] },
      'email.received',
      { mailbox: 3, mailboxAddress: 'sales@sandbox.test' },
      null,
    ],
    [
      'hears each mailbox that a letter is for, by id and by address',
      { mailboxes: ['support@sandbox.test'] },
      'email.received',
      {
        mailbox: 3,
        mailboxAddress: 'sales@sandbox.test',
        mailboxes: [3, 'sales@sandbox.test', 4, 'support@sandbox.test'],
      },
      null,
    ],
    ['ignores another mailbox', { mailboxes: [3] }, 'email.received', { mailbox: 4 }, 'mailboxes'],
    ['finds words in the subject', { contains: 'invoice' }, 'email.received', { subject: 'Your INVOICE' }, null],
    [
      'finds words in the text',
      { contains: ['x', 'invoice'] },
      'email.received',
      { subject: 'Hi', text: 'the invoice, please' },
      null,
    ],
    ['ignores an e-mail without the words', { contains: ['invoice'] }, 'email.received', { subject: 'Hi' }, 'contains'],
    ['does not count bounces', {}, 'email.received', { bounce: true }, 'bounce'],
    ['does not count automatic replies', {}, 'email.received', { autoReply: true }, 'autoReply'],
    ['does not count what is held back for coming in a flood', {}, 'email.received', { flood: true }, 'flood'],
    ['does not count spam', {}, 'email.received', { spam: true }, 'spam'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(received, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
