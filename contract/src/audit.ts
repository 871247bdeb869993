import { z } from 'zod';
import { id, idInPath, listOf, pageQuery, time } from './common.ts';

/** What is written down, by what somebody looks for. A kind keeps its name: it is stored. */
export const auditGroups = {
  signIns: ['signed-in', 'sign-in-failed', 'signed-out', 'sessions-ended', 'see-as-began', 'see-as-ended', 'refused'],
  exports: ['items-exported', 'contacts-exported', 'companies-exported', 'import-rows-exported', 'audit-exported'],
  imports: ['import-uploaded', 'import-started', 'import-cancelled'],
  people: [
    'workspace-made',
    'person-added',
    'person-invited',
    'invitation-accepted',
    'person-changed',
    'person-dismissed',
    'work-handed-over',
    'person-returned',
    'password-set',
    'password-changed',
    'identity-tied',
    'password-reset',
    'reset-asked',
    'reset-link-made',
    'app-added',
    'app-removed',
    'passkey-added',
    'passkey-removed',
    'factors-taken',
    'recovery-codes-made',
    'department-added',
    'department-changed',
  ],
  rights: ['role-made', 'role-changed', 'role-deleted', 'roles-given', 'roles-taken'],
  keys: ['key-made', 'key-revoked', 'webhook-made', 'webhook-revoked'],
  settings: [
    'channel-made',
    'channel-changed',
    'channel-deleted',
    'channel-resumed',
    'mail-domain-asked',
    'mail-domain-claimed',
    'mail-domain-released',
    'calendar-changed',
    'rates-changed',
    'item-type-made',
    'item-type-changed',
    'item-type-deleted',
    'field-made',
    'field-changed',
    'field-deleted',
    'fields-ordered',
  ],
  automation: ['pipeline-made', 'pipeline-changed', 'pipeline-deleted', 'automation-saved', 'rule-run'],
  deletions: ['item-deleted', 'file-deleted', 'task-deleted', 'log-pruned'],
} as const;

export type AuditGroup = keyof typeof auditGroups;
export type AuditKind = (typeof auditGroups)[AuditGroup][number];
export const auditKinds: readonly AuditKind[] = Object.values(auditGroups).flat();
export const auditKind = z.enum(auditKinds);
export const auditGroup = z.enum([
  'signIns',
  'exports',
  'imports',
  'people',
  'rights',
  'keys',
  'settings',
  'automation',
  'deletions',
]);

/** How somebody acted: signed in, by an API key, by a rule of the automation, on the command line, or Signalbox by itself. */
export const auditVia = z.enum(['session', 'key', 'rule', 'command', 'product', 'nobody']);

/** What something was done to. */
export const auditObject = z.enum([
  'person',
  'role',
  'department',
  'key',
  'channel',
  'mail-domain',
  'workspace',
  'item-type',
  'field',
  'pipeline',
  'item',
  'file',
  'task',
  'import',
  'route',
]);
export type AuditObject = z.infer<typeof auditObject>;

/** A value before or after, as a text that can be read; null: there was none. Secrets are told as ••••. */
const value = z.string().nullable();

export const auditEntry = z.object({
  id,
  at: time,
  /** Of what is counted in one row an hour: the last time, and how often. */
  until: time,
  times: z.int().positive(),
  kind: auditKind,
  by: z.object({
    via: auditVia,
    person: z.object({ id, name: z.string() }).nullable(),
    /** The API key or rule, by its name at that time. */
    name: z.string().nullable(),
    /** The administrator who looked through this person's eyes. */
    seenBy: z.object({ id, name: z.string() }).nullable(),
    /** Which session: the beginning of a hash, the same from signing in to signing out. */
    session: z.string().nullable(),
    addresses: z.array(z.string()),
  }),
  on: z.object({ kind: auditObject, id: z.string(), name: z.string() }).nullable(),
  /** What the sentence about it names. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  changes: z.array(z.object({ field: z.string(), from: value, to: value })),
  /** Of an export: the rows that were sent. Null while it is not over. */
  rows: z.int().nonnegative().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditEntries = listOf(auditEntry);

const filter = {
  from: time.optional(),
  /** Without this moment itself. */
  to: time.optional(),
  by: idInPath.optional(),
  kind: auditKind.optional(),
  group: auditGroup.optional(),
  object: auditObject.optional(),
  objectId: z.string().max(100).optional(),
  /** A piece of a name or of anything else that the row names. */
  q: z.string().trim().max(200).optional(),
};
export const auditQuery = z.strictObject({ ...pageQuery, ...filter });
export const auditCsvQuery = z.strictObject(filter);
export type AuditFilter = z.infer<typeof auditCsvQuery>;
