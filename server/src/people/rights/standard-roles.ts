import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import { type Grants, grants, type Reach, type RoleRights, roleRights } from '@signalbox/contract/people/rights.ts';
import { type StandardRole, standardRoles } from '@signalbox/contract/people/roles.ts';
import strings from './standard-roles.strings.json' with { type: 'json' };

const names: Spoken<Readonly<Record<StandardRole, string>>> = strings;

const row = (read: Reach, add: Reach, change: Reach, remove: Reach, exported: Reach): Grants =>
  grants.parse({ read, add, change, delete: remove, export: exported });

const nothing = row('none', 'none', 'none', 'none', 'none');
const everything = row('all', 'all', 'all', 'all', 'all');

interface Shape {
  readonly items: Grants;
  readonly clients: Grants;
  readonly areas?: Partial<RoleRights['areas']>;
}

const toRights = ({ items, clients, areas }: Shape): RoleRights =>
  roleRights.parse({
    items: { all: items },
    clients,
    areas: { automation: false, people: false, mail: false, settings: false, ...areas },
  });

/** Nobody without a role may do anything but look after their own things. */
export const noRights = toRights({ items: nothing, clients: nothing });

const allAreas = { automation: true, people: true, mail: true, settings: true };
export const allRights = toRights({ items: everything, clients: everything, areas: allAreas });

/** What the standard roles may do until somebody changes them (docs/rights.md). */
export const standardRights: Readonly<Record<StandardRole, RoleRights>> = {
  admin: allRights,
  'head-of-sales': toRights({
    items: row('department', 'department', 'department', 'department', 'department'),
    clients: row('all', 'all', 'department', 'department', 'department'),
    areas: { mail: true },
  }),
  sales: toRights({
    items: row('own', 'own', 'own', 'none', 'none'),
    clients: row('own', 'own', 'own', 'none', 'none'),
  }),
  operator: toRights({
    items: row('all', 'all', 'own', 'none', 'none'),
    clients: row('all', 'all', 'all', 'none', 'none'),
    areas: { mail: true },
  }),
  'read-only': toRights({
    items: row('all', 'none', 'none', 'none', 'none'),
    clients: row('all', 'none', 'none', 'none', 'none'),
  }),
  // As before there were roles: all of the work, nothing of the administration.
  employee: toRights({ items: everything, clients: everything, areas: { mail: true } }),
};

export function standardRoleOf(code: string | null): StandardRole | undefined {
  return standardRoles.find((one) => one === code);
}

/** What a standard role is called in a language, as long as nobody has renamed it. */
export function standardName(code: StandardRole, language: string): string {
  return names[parseLanguage(language)][code];
}

/** Whether a standard role is called so anyway, in some language. */
export function isOwnName(code: string | null, name: string): boolean {
  const standard = standardRoleOf(code);
  if (standard === undefined) return false;
  return Object.values(names).some((roles) => roles[standard].toLowerCase() === name.toLowerCase());
}

/** In all languages: no other role may be called so. */
export const standardNames: readonly string[] = Object.values(names).flatMap((roles) => Object.values(roles));
