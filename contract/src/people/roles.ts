import { z } from 'zod';
import { id, listOf, name, person, shortPage } from '../common.ts';
import { effectiveRights, roleRights } from './rights.ts';

/** Made in every workspace; `employee` is what everybody could do before there were roles. */
export const standardRoles = ['admin', 'head-of-sales', 'sales', 'operator', 'read-only', 'employee'] as const;
export type StandardRole = (typeof standardRoles)[number];

export const role = z.object({
  id,
  /** Of a standard role; null for one that was made here. */
  code: z.enum(standardRoles).nullable(),
  /** A standard role's name is in the caller's language until somebody renames it. */
  name: z.string(),
  /** Administrators may do everything, always: of such a role only `secondFactor` can be changed, and it cannot be deleted. */
  administrator: z.boolean(),
  rights: roleRights,
  /** Whoever has it needs a second factor to sign in. */
  secondFactor: z.boolean(),
  /** Who has it, without those who have left. */
  people: z.array(person),
  /** Whether whoever asks has at least these rights: only then may they give the role, or manage who has it. */
  giveable: z.boolean(),
  /** Whether whoever asks may see the product as somebody does who has no other role. */
  seeable: z.boolean(),
});
export type Role = z.infer<typeof role>;
export const roles = listOf(role);
export const rolesQuery = shortPage;

export const roleBody = z.strictObject({ name, rights: roleRights, secondFactor: z.boolean().optional() });
export type RoleBody = z.input<typeof roleBody>;
export const rolePatch = roleBody.partial();
export type RolePatch = z.input<typeof rolePatch>;

/** A role in a body: its id, a standard role's code, or its name. */
export const roleRef = z.union([id, name], 'A role: an id, a code or a name');
export const roleSummary = z.object({ id, code: z.enum(standardRoles).nullable(), name: z.string() });

/** GET /users/:id/rights: what somebody may do, and by which roles. */
export const userRights = z.object({ roles: z.array(roleSummary), rights: effectiveRights });

/** Why somebody may see an item or a client; `item`: a client, by one of its items. */
export const accessReason = z.enum(['administrator', 'all', 'responsible', 'department', 'observer', 'item']);
/** GET /items/:id/access, /contacts/:id/access, /companies/:id/access: who can see it and why. */
export const access = z.object({
  data: z.array(
    z.object({
      person,
      /** Those of their roles by which they see it; all of them when it is not by a role alone. */
      roles: z.array(roleSummary),
      because: accessReason,
      change: z.boolean(),
      delete: z.boolean(),
    }),
  ),
  /** Automation acts as a person, but sees what the workspace sees (semantics.md 4). */
  automation: z.literal('all'),
});
export type Access = z.infer<typeof access>;
