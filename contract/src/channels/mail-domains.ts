import { z } from 'zod';
import { time } from '../common.ts';

/**
 * A domain whose mail is, or is to be, the workspace's (docs/adr/0021). `claimed`; `first`: nobody claimed it, and it is the first
 * workspace's; `unclaimed`: no mail of it comes in; `foreign`: another workspace has it; `sandbox`: everybody's.
 */
export const mailDomain = z.object({
  domain: z.string(),
  state: z.enum(['claimed', 'first', 'sandbox', 'unclaimed', 'foreign']),
  claimedBy: z.enum(['dns', 'operator', 'upgrade']).nullable(),
  claimedAt: time.nullable(),
  /** The TXT record that proves it, while it is asked for. */
  record: z.object({ name: z.string(), value: z.string() }).nullable(),
  checkedAt: time.nullable(),
  /** What the last look for the record found; null: nothing is wrong, or nobody has looked. */
  problem: z.enum(['no-record', 'other-record', 'no-answer']).nullable(),
  /** The mailboxes of the workspace there. */
  mailboxes: z.array(z.string()),
});
export type MailDomain = z.infer<typeof mailDomain>;
export const mailDomains = z.object({ data: z.array(mailDomain) });
export const mailDomainBody = z.strictObject({ domain: z.string().trim().min(1).max(300) });
export const mailDomainParams = z.strictObject({ domain: z.string().min(1).max(300) });
