import type { Line } from '../../../channels/phone/lines/line.ts';
import { findPerson } from '../../../people/employees.store.ts';
import type { Caller } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Call } from '../rest/method.ts';
import { type Parameters, textOf } from '../rest/parameters.ts';
import { coreError } from './in-caller.ts';

interface Naming {
  readonly caller: Caller;
  readonly line: Line;
  readonly parameters: Parameters;
}

/** USER_ID, else whose phone USER_PHONE_INNER is; null: neither says. Throws RestError for one whom nobody knows. */
export async function findEmployeeOf(tx: Tx, { caller, line, parameters }: Naming): Promise<number | null> {
  const [id, inner] = [textOf(parameters, 'user_id') ?? '', textOf(parameters, 'user_phone_inner') ?? ''];
  if (id !== '') return getEmployee(tx, caller, id);
  if (inner === '') return null;
  const known = line.employees.find(({ extension }) => extension === inner);
  if (known === undefined) throw coreError(`No employee of the line ${line.name} has the extension ${inner}`);
  return known.employee;
}

/** USER_ID of show and hide: one or several. */
export async function getUsers(tx: Tx, { caller, parameters }: Call): Promise<number[]> {
  const given = [parameters.get('user_id') ?? []].flat().slice(0, 100);
  const ids: number[] = [];
  for (const one of given) ids.push(await getEmployee(tx, caller, String(one)));
  return ids;
}

async function getEmployee(tx: Tx, { workspaceId }: Caller, id: string): Promise<number> {
  const person = /^\d{1,15}$/.test(id) ? await findPerson(tx, workspaceId, Number(id)) : undefined;
  if (person === undefined || person.dismissed_at !== null) throw coreError(`User ${id} is not found or is not active`);
  return person.id;
}
