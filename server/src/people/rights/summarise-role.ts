import type { RoleRow } from './roles.store.ts';
import { standardName, standardRoleOf } from './standard-roles.ts';

/** A role as answers name it: a standard one in a language, until somebody renames it. */
export function summariseRole({ id, code, name }: Pick<RoleRow, 'id' | 'code' | 'name'>, language: string) {
  const standard = standardRoleOf(code);
  return { id, code: standard ?? null, name: name ?? (standard === undefined ? '' : standardName(standard, language)) };
}
