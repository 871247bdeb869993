import { z } from 'zod';
import { id, listOf, pageQuery, person, time } from '../common.ts';

/** What is written down for good: who did it, to what, from where. */
export const auditKinds = [
  ...(['sign-in', 'sign-in-failed', 'sign-out', 'see-as'] as const),
  ...(['export', 'import'] as const),
  ...(['role-made', 'role-changed', 'role-deleted', 'roles-given'] as const),
  ...(['person-added', 'person-invited', 'person-changed', 'person-dismissed'] as const),
  ...(['key-made', 'key-revoked', 'settings-changed', 'channel-made', 'channel-changed'] as const),
  ...([
    'item-deleted',
    'client-deleted',
    'pipeline-deleted',
    'field-deleted',
    'item-type-deleted',
    'file-deleted',
  ] as const),
] as const;
export const auditKind = z.enum(auditKinds);
export type AuditKind = z.infer<typeof auditKind>;

export const auditEntry = z.object({
  id,
  at: time,
  kind: auditKind,
  /** Null when nobody is known, as after a wrong password for an unknown address. */
  by: person.nullable(),
  /** The administrator who looked through somebody else's eyes. */
  seenBy: person.nullable(),
  via: z.enum(['session', 'key', 'none']),
  ip: z.string().nullable(),
  /** What it was done to, in words: a name, an address. Never a secret. */
  text: z.string(),
  data: z.record(z.string(), z.json()),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditLog = listOf(auditEntry);

const wanted = {
  kind: auditKind.optional(),
  /** An id or an e-mail address. */
  by: z.string().max(320).optional(),
  from: time.optional(),
  to: time.optional(),
  q: z.string().max(200).optional(),
};
export const auditQuery = z.strictObject({ ...pageQuery, ...wanted });
export const auditCsvQuery = z.strictObject(wanted);
