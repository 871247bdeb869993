import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { loadOwnDepartments, loadRights, rightsOf } from './rights.store.ts';
import { listRoles, loadMatrixNames, type RoleRow, setRoles } from './roles.store.ts';
import { standardName, standardRoleOf } from './standard-roles.ts';
import { covers, isByDepartment, seesAllOf } from './unite-rights.ts';

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

interface Managed {
  readonly workspaceId: number;
  readonly employeeId: number;
}

/** Only who has at least the same rights may manage somebody. */
export async function checkMayManage(tx: Tx, by: Rights, managed: Managed): Promise<void> {
  if (by.administrator) return;
  const { pipelines } = await loadMatrixNames(tx, managed.workspaceId);
  const { administrator, employeeId: _, department: __, ...rights } = await loadRights(tx, managed);
  if (administrator || !covers(by, rights, pipelines)) throw missingRight('more-than-own');
}

/** A password opens all that its owner sees: only who sees all of it may set one, as with seeing the product as them (docs/rights.md). */
export async function checkMaySetPassword(tx: Tx, by: Rights, managed: Managed): Promise<void> {
  if (by.administrator || by.employeeId === managed.employeeId) return;
  const { pipelines } = await loadMatrixNames(tx, managed.workspaceId);
  if (!seesAllOf(by, await loadRights(tx, managed), pipelines)) throw missingRight('more-than-own');
}

interface Placing {
  readonly workspaceId: number;
  /** Who is moved. */
  readonly people?: readonly number[];
  /** What people, or departments, are put into, and what is changed itself. */
  readonly departments: readonly (number | null | undefined)[];
}

/** Whose rights reach as far as a department moves only who is there, within it: else they would reach whom they like. */
export async function checkMayPlace(tx: Tx, by: Rights | null, placing: Placing): Promise<void> {
  if (by === null || by.administrator || !isByDepartment(by)) return;
  const own = await loadOwnDepartments(tx, { workspaceId: placing.workspaceId, employeeId: by.employeeId });
  const outside = placing.departments.some((id) => typeof id === 'number' && !own.includes(id));
  const strangers = placing.people?.some((id) => !by.department.includes(id)) === true;
  if (outside || strangers) throw missingRight('more-than-own');
}
