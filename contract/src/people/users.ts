import { accountEmail, emailText, normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { z } from 'zod';
import { id, language, listOf, name, personRef, time } from '../common.ts';
import { roleRef, roleSummary } from './roles.ts';
import { password } from './setup.ts';

/** Whether somebody is an administrator; what others may do, their `roles` say. */
export const role = z.enum(['admin', 'employee']);

export const user = z.object({
  id,
  email: z.string(),
  /** Further ones by which they are known as the writer of mail. */
  addresses: z.array(z.string()),
  name: z.string(),
  role,
  roles: z.array(roleSummary),
  department: z.object({ id, name: z.string() }).nullable(),
  supervisor: id.nullable(),
  phone: z.string().nullable(),
  language: language.nullable(),
  /** Has a password and may sign in; false = invited. */
  active: z.boolean(),
  dismissedAt: time.nullable(),
  createdAt: time,
});
export type User = z.infer<typeof user>;
export const users = listOf(user);

const departmentRef = z.union([id, name], 'A department: an id or a name');

export const userBody = z.strictObject({
  email: accountEmail,
  name,
  /** One role by its id, code or name; `roles` gives several. */
  role: roleRef.default('employee'),
  roles: z.array(roleRef).min(1).max(50).optional(),
  department: departmentRef.nullish(),
  password: password.optional(),
  phone: z.string().max(40).nullish(),
  language: language.optional(),
});
export type UserBody = z.input<typeof userBody>;

/** Further e-mail addresses of an employee, beside that of the account. */
export const furtherAddresses = z.array(emailText.overwrite(normalEmail)).max(20);

export const userPatch = z.strictObject({
  name: name.optional(),
  addresses: furtherAddresses.optional(),
  role: roleRef.optional(),
  roles: z.array(roleRef).min(1).max(50).optional(),
  department: departmentRef.nullish(),
  supervisor: personRef.nullish(),
  phone: z.string().max(40).nullish(),
  language: language.nullish(),
  password: password.optional(),
  dismissed: z.boolean().optional(),
});
export type UserPatch = z.infer<typeof userPatch>;

export const keyKind = z.enum(['api', 'webhook']);
/** `api`: all that its owner may, by `/api` alone: it opens no `/rest`, whose addresses hold the secret. `read`: it changes nothing either. */
export const keyScope = z.enum(['all', 'api', 'read']);
export type KeyScope = z.infer<typeof keyScope>;
export const keyBody = z
  .strictObject({
    kind: keyKind.default('api'),
    name: z.string().max(200).default(''),
    scope: keyScope.default('all'),
    /** From then on it opens nothing. */
    expiresAt: time.nullish(),
  })
  .refine(({ kind, scope }) => kind === 'api' || scope === 'all', {
    path: ['scope'],
    error: 'An inbound webhook opens /rest alone, whose methods change things; leave the scope out',
  });
/** Shown once; `url` for a webhook. */
export const keyMade = z.object({ id, key: z.string(), url: z.string().optional() });
export const key = z.object({
  id,
  kind: keyKind,
  name: z.string(),
  hint: z.string(),
  scope: keyScope,
  expiresAt: time.nullable(),
  createdAt: time,
  lastUsedAt: time.nullable(),
});
export type Key = z.infer<typeof key>;
export const keys = listOf(key);
