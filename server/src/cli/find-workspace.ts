import { listEmployeesByEmail } from '../people/employees.store.ts';
import { listWorkspaces } from '../people/workspaces.store.ts';
import type { Context } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';

/** By id or name; without either the only one there is. */
export async function findWorkspace({ databases }: Context, ref: string | undefined): Promise<number> {
  const all = await inSystem(databases.system, listWorkspaces);
  const names = all.map(({ id, name }) => `${id} "${name}"`).join(', ');
  if (all.length === 0) throw refused('There is no workspace yet: signalbox workspace create --name NAME');
  if (ref === undefined) {
    const [only, another] = all;
    if (only !== undefined && another === undefined) return only.id;
    throw refused(`Say which workspace with --workspace: ${names}`);
  }
  const found = all.find(({ id, name }) => String(id) === ref || name.toLowerCase() === ref.toLowerCase());
  if (found === undefined) throw refused(`There is no workspace ${ref}; there is ${names}`);
  return found.id;
}

/** An employee by e-mail address, in one workspace or, when that is enough to tell, in any. */
export async function findUser(
  { databases }: Context,
  { email, workspaceId }: { readonly email: string; readonly workspaceId: number | null },
): Promise<{ id: number; workspaceId: number }> {
  const found = await inSystem(databases.system, (tx) => listEmployeesByEmail(tx, email));
  const here = found.filter((one) => workspaceId === null || one.workspaceId === workspaceId);
  const [only, another] = here;
  if (only === undefined) throw refused(`There is no employee ${email}`);
  if (another !== undefined) throw refused(`${email} is in several workspaces; say which with --workspace`);
  return only;
}

function refused(detail: string): UserError {
  return new UserError({ status: 404, code: 'not_found', title: 'Not found', detail });
}
