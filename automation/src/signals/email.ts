import { z } from 'zod';
import { channelRef, defineSignal } from './define-signal.ts';
import strings from './email.strings.json' with { type: 'json' };

const evidence = z.array(z.unknown());
const openOrClick = {
  emailId: z.number().int().optional(),
  userAgent: z.string().optional(),
  ip: z.string().optional(),
  /** Weighed by the one who reports it; the server weighs again when it can (semantics.md 9.1). */
  machine: z.boolean().optional(),
  evidence: evidence.optional(),
  /** The signed-in employee who opened it; never counts (semantics.md 9.2). */
  employee: z.number().int().optional(),
};

export const emailOpened = defineSignal({
  kind: 'email.opened',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...openOrClick, firstOpen: z.boolean().optional() }),
});

export const emailLinkClicked = defineSignal({
  kind: 'email.link-clicked',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ ...openOrClick, url: z.string() }),
});

export const emailReceived = defineSignal({
  kind: 'email.received',
  strings,
  external: true,
  tie: 'either',
  channelKind: 'mailbox',
  channelOf: (email) => email.mailbox,
  schema: z.looseObject({
    emailId: z.number().int().optional(),
    mailbox: channelRef.optional(),
    mailboxAddress: z.string().optional(),
    /** Every mailbox that the letter is for, when there are several. */
    mailboxes: z.array(channelRef).optional(),
    from: z.string().optional(),
    subject: z.string().optional(),
    text: z.string().optional(),
    reply: z.boolean().optional(),
    bounce: z.boolean().optional(),
    autoReply: z.boolean().optional(),
    spam: z.boolean().optional(),
    /** One of too many letters of unknown senders at once; held back. */
    flood: z.boolean().optional(),
    /** It is proved who wrote it; left out: nobody looked. */
    verified: z.boolean().optional(),
    /** Written by an employee or a mailbox of ours; never a client's (semantics.md 9.2). */
    ours: z.boolean().optional(),
  }),
});

export const emailSent = defineSignal({
  kind: 'email.sent',
  strings,
  external: true,
  tie: 'either',
  channelKind: 'mailbox',
  channelOf: (email) => email.mailbox,
  schema: z.looseObject({
    emailId: z.number().int().optional(),
    mailbox: channelRef.optional(),
    mailboxAddress: z.string().optional(),
    to: z.union([z.string(), z.array(z.string())]).optional(),
    subject: z.string().optional(),
    by: z.enum(['person', 'rule']).default('person'),
    employee: z.number().int().optional(),
  }),
});
