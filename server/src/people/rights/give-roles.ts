import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { loadRights, rightsOf } from './rights.store.ts';
import { listRoles, loadMatrixNames, type RoleRow, setRoles } from './roles.store.ts';
import { standardName, standardRoleOf } from './standard-roles.ts';
import { covers } from './unite-rights.ts';

const languages = ['en', 'pl', 'es', 'pt', 'it'];

interface Giving {
  readonly workspaceId: number;
  /** Ids, codes or names. */
  readonly refs: readonly (number | string)[];
  /** Whoever gives them; null on the command line, where everything may be done. */
  readonly by: Rights | null;
}

/** The roles that a body names; 422 at `path` for one that is not there, 403 for one that holds more than the giver has. */
export async function findGivenRoles(tx: Tx, { workspaceId, refs, by }: Giving, path = 'roles'): Promise<RoleRow[]> {
  const known = await listRoles(tx, workspaceId);
  const found = refs.map((ref) => {
    const role = known.find((one) => isMeant(one, ref));
    if (role === undefined)
      throw invalidAt(path, 'unknown-role', `There is no role ${ref}; GET /api/v1/roles lists them`);
    return role;
  });
  if (by !== null && !by.administrator) {
    const { pipelines } = await loadMatrixNames(tx, workspaceId);
    const isMore = (role: RoleRow) => role.code === 'admin' || !covers(by, rightsOf(role), pipelines);
    if (found.some(isMore)) throw missingRight('more-than-own');
  }
  return [...new Set(found)];
}

function isMeant({ id, code, name }: RoleRow, ref: number | string): boolean {
  if (typeof ref === 'number') return id === ref;
  const standard = standardRoleOf(code);
  const usual =
    standard === undefined || name !== null ? [] : languages.map((language) => standardName(standard, language));
  return [code, name, ...usual].some((one) => one?.toLowerCase() === ref.toLowerCase());
}

export async function giveRoles(tx: Tx, employeeId: number, giving: Giving): Promise<void> {
  const roles = await findGivenRoles(tx, giving);
  await setRoles(tx, { workspaceId: giving.workspaceId, employeeId }, roles);
}

/** Only who has at least the same rights may manage somebody: else they could take theirs over by a new password. */
export async function checkMayManage(
  tx: Tx,
  by: Rights,
  { workspaceId, employeeId }: { readonly workspaceId: number; readonly employeeId: number },
): Promise<void> {
  if (by.administrator) return;
  const { pipelines } = await loadMatrixNames(tx, workspaceId);
  const theirs = await loadRights(tx, { workspaceId, employeeId });
  const { administrator, employeeId: _, department: __, ...rights } = theirs;
  if (administrator || !covers(by, rights, pipelines)) throw missingRight('more-than-own');
}
