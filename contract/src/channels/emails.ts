import { emailText } from '@signalbox/automation/kit/values/email-addresses.ts';
import { z } from 'zod';
import { id, idInPath, listOf, pageQuery, person, reason, time } from '../common.ts';

const address = z.string().trim().min(3).max(320);

/** `{subject, text|html, to?, mailbox?, inReplyTo?, track?}`; `to` defaults to the client's first address, `track` to yes. */
export const emailBody = z
  .strictObject({
    subject: z.string().trim().min(1, 'Must not be empty').max(1_000),
    text: z.string().max(1_000_000).optional(),
    html: z.string().max(1_000_000).optional(),
    to: z.union([address, z.array(address).min(1).max(50)]).optional(),
    /** An id or an address; the first mailbox by default. */
    mailbox: z.union([id, address]).optional(),
    /** The id of an e-mail of the item that this one answers, or its Message-ID. */
    inReplyTo: z.union([id, z.string().max(1_000)]).optional(),
    track: z.boolean().default(true),
    attachments: z
      .array(
        z.strictObject({ name: z.string().min(1).max(255), type: z.string().max(200).optional(), content: z.base64() }),
      )
      .max(20)
      .optional(),
    /** Ids of uploaded files to attach. */
    files: z.array(id).max(20).optional(),
  })
  .refine((body) => body.text !== undefined || body.html !== undefined, {
    path: ['text'],
    error: 'Give text or html',
    params: { code: 'required' },
  });
export type EmailBody = z.input<typeof emailBody>;
export const emailQueued = z.object({ id, messageId: z.string() });

/** One observation; the weights add up, 100 is proof (semantics.md 9.1). */
export const evidence = z.object({ what: z.string(), weight: z.number(), detail: z.string() });
export type Evidence = z.infer<typeof evidence>;

export const emailEvent = z.object({
  id,
  kind: z.enum(['open', 'click']),
  url: z.string().nullable(),
  at: time,
  machine: z.boolean(),
  counted: z.boolean(),
  userAgent: z.string().nullable(),
  evidence: z.array(evidence),
  /** How many it stands for: what comes faster than people open is counted together. `lastAt`: when the last of them came. */
  times: z.int().positive(),
  lastAt: time,
});

const classification = z.enum(['person', 'bounce', 'auto-reply', 'spam', 'flood']);

/** Why `from` is taken for the writer, and the From of the message where that is another (docs/email.md, Who wrote). */
const writer = z
  .object({
    reason: z.enum(['from', 'no-from', 'setting', 'group', 'site', 'forwarded']),
    sentBy: z.object({ address: z.string(), name: z.string() }).nullable(),
  })
  .nullable();

/** A client's letter that mail of ours passes on; whoever takes it says that it is that client's. */
export const forwardedLetter = z.object({
  from: z.object({ address: z.string(), name: z.string() }),
  subject: z.string(),
  state: z.enum(['offered', 'taken', 'declined']),
});
export type ForwardedLetter = z.infer<typeof forwardedLetter>;

/** What was found out about who sent a letter, in the words of RFC 8601; `why`: what proves it, or why nothing does. */
const authentication = z.object({
  by: z.enum(['dns', 'relay']),
  domain: z.string().nullable(),
  spf: z.string(),
  dkim: z.string(),
  dmarc: z.string(),
  isProven: z.boolean(),
  why: z.enum(['dmarc', 'dkim', 'spf', 'forged', 'nothing', 'no-answer', 'no-from']),
});

export const email = z.object({
  id,
  item: id.nullable(),
  direction: z.enum(['in', 'out']),
  messageId: z.string(),
  /** Who wrote it; of mail that came in not always the From of the message. */
  from: z.object({ address: z.string(), name: z.string().nullable() }),
  writer,
  /** Whether it is proved that the writer wrote it; null: nobody looked. */
  verified: z.boolean().nullable(),
  authentication: authentication.nullable(),
  /** Whom an answer to it goes to, unless somebody chooses otherwise. */
  replyTo: z.string().nullable(),
  /** Whom a letter of an unproved sender asks to answer at another house (docs/email.md). */
  answersElsewhere: z.string().nullable(),
  forwarded: forwardedLetter.nullable(),
  /** A mailbox of ours or an employee (the author) wrote it: it is no client's, and no signal of a client's. */
  ours: z.boolean(),
  to: z.array(z.string()),
  author: person.nullable(),
  subject: z.string(),
  text: z.string(),
  /** Sanitised; remote images are left out unless asked for by `?images=1`. */
  html: z.string().nullable(),
  /** What the writer wrote now, without what is quoted and without the signature; null: all of it. */
  newText: z.string().nullable(),
  /** The HTML before what it quotes, sanitised likewise; null: nothing is quoted at its end. */
  newHtml: z.string().nullable(),
  blockedImages: z.int(),
  at: time,
  classification,
  evidence: z.array(evidence),
  /** Why it stands on this item (semantics.md 2.5). */
  tiedBy: z.json(),
  track: z.boolean(),
  firstOpenedAt: time.nullable(),
  openCount: z.int(),
  clickCount: z.int(),
  /** Fetched by machines; by anybody. */
  machineCount: z.int(),
  fetchCount: z.int(),
  bouncedAt: time.nullable(),
  /** Why not all of it could be read as its writer meant it (docs/email.md); null for nearly all. */
  unreadable: z.string().nullable(),
  delivery: z
    .object({
      id,
      state: z.enum(['queued', 'sending', 'sent', 'failed', 'uncertain']),
      error: z.string().nullable(),
      reason: reason.nullable(),
    })
    .nullable(),
  /** The first ten and the newest ninety. */
  events: z.array(emailEvent),
  attachments: z.array(z.object({ number: z.int().positive(), name: z.string(), type: z.string(), size: z.int() })),
});
export type Email = z.infer<typeof email>;
export const emails = listOf(email);

/** Why a mail stands on its item, or on none: a code for programs, English words for people. */
export const whyHere = z.object({
  code: z.enum([
    ...(['sent', 'sent-from-item', 'to-employee', 'person', 'thread', 'thread-subject', 'thread-reply'] as const),
    ...([
      'client-latest',
      'client-all',
      'made',
      'machine',
      'unknown-client',
      'nothing-made',
      'item-gone',
      'waiting',
      'ours',
    ] as const),
  ]),
  words: z.string(),
});
export type WhyHere = z.infer<typeof whyHere>;

/** A line of the list of all mail; the whole is at `/api/v1/emails/:id`. */
export const mailLine = z.object({
  ...{ id, item: id.nullable(), mailbox: id.nullable(), direction: z.enum(['in', 'out']), messageId: z.string() },
  from: z.object({ address: z.string(), name: z.string().nullable() }),
  ...{ to: z.array(z.string()), subject: z.string(), preview: z.string(), at: time, classification },
  ...{ unreadable: z.string().nullable(), verified: z.boolean().nullable(), why: whyHere },
});
export const allMail = listOf(mailLine);
export const allMailQuery = z.strictObject({
  ...pageQuery,
  direction: z.enum(['in', 'out']).optional(),
  mailbox: idInPath.optional(),
  classification: classification.optional(),
  /** On an item, or on none. */
  placed: z.enum(['item', 'none']).optional(),
  unreadable: z.enum(['0', '1']).default('0'),
  /** Words of the subject or an address. */
  q: z.string().trim().min(1).max(200).optional(),
});

/** What somebody says of mail that was taken for a machine's; `always`: mail of its sender is never held back again. */
export const heldBody = z.strictObject({ decision: z.enum(['let', 'keep']), always: z.boolean().default(false) });
/** The signal of what was let through; null when it was kept. */
export const heldDecided = z.object({ id, signal: id.nullable() });
export const trustedSenders = z.object({ data: z.array(z.object({ id, address: z.string(), createdAt: time })) });

/** `take`: it is the client's; without, it stays a colleague's note. The writer may be put right. */
export const forwardedBody = z.strictObject({
  take: z.boolean(),
  from: emailText.optional(),
  name: z.string().trim().max(300).optional(),
});
/** The signal of the client's letter; null when it was declined. */
export const forwardedDecided = z.object({ id, signal: id.nullable() });

const images = z.enum(['0', '1']).default('0');
export const emailQuery = z.strictObject({ images });
export const emailsQuery = z.strictObject({ ...pageQuery, images });
export const rebindBody = z.strictObject({ item: id });
export const rebound = z.object({ id, item: id, signal: id });
export const attachmentParams = z.strictObject({ id: idInPath, number: idInPath });
