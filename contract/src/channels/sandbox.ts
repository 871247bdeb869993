import { z } from 'zod';
import { id, listOf, pageQuery, time } from '../common.ts';

/** What the sandbox holds instead of sending it (interfaces.md, HTTP). */
export const sandboxMail = z.object({
  id,
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  /** As it was sent, pixel and rewritten links included. */
  html: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  at: time,
  /** The e-mail that it is, to find its item. */
  email: id.nullable(),
  item: id.nullable(),
});
export type SandboxMail = z.infer<typeof sandboxMail>;
export const sandboxMails = listOf(sandboxMail);
export const sandboxQuery = z.strictObject({ ...pageQuery, q: z.string().max(200).optional() });

export const sandboxSms = z.object({ id, from: z.string(), to: z.string(), text: z.string(), at: time });
export const sandboxSmsList = listOf(sandboxSms);

/** Somebody or something that may open or click; `as` of the calls below is `id` or `name`. */
export const machine = z.object({
  id: z.string(),
  name: z.string(),
  person: z.boolean(),
  opens: z.boolean(),
  clicks: z.boolean(),
  userAgent: z.string(),
  address: z.string(),
});
export type Machine = z.infer<typeof machine>;
export const machines = z.object({ data: z.array(machine) });

const as = z.string().min(1).max(100).default('person');
export const openBody = z.strictObject({ as });
/** `url`: the link as it stands in the mail, or where it leads. */
export const clickBody = z.strictObject({ as, url: z.string().min(1).max(8_000) });
/** What the public address answered. */
export const fetched = z.object({ status: z.int(), location: z.string().nullable() });
export const replyBody = z.strictObject({
  text: z.string().max(100_000),
  subject: z.string().max(1_000).optional(),
  auto: z.boolean().default(false),
});
export const replied = z.object({ messageId: z.string() });
