import type { User } from '@signalbox/contract/people/users.ts';
import { differences } from '../../audit/differences.ts';
import { record } from '../../audit/record.ts';
import type { Tx } from '../../platform/db.ts';

type Person = Pick<User, 'id' | 'name' | 'roles'>;

const on = ({ id, name }: Pick<Person, 'id' | 'name'>) => ({ kind: 'person', id, name }) as const;

export async function recordNewPerson(
  tx: Tx,
  kind: 'person-added' | 'person-invited',
  { workspaceId, person }: { readonly workspaceId: number; readonly person: User },
): Promise<void> {
  const params = { email: person.email, roles: namesOf(person.roles) };
  await record(tx, { kind, workspaceId, on: on(person), params });
}

/** What differs of somebody, each kind of change as an act of its own. */
export async function recordPersonChanges(
  tx: Tx,
  workspaceId: number,
  { before, after }: { readonly before: User; readonly after: User },
): Promise<void> {
  const changes = differences(told(before), told(after));
  const subject = { workspaceId, on: on(before) };
  if (changes.length > 0) await record(tx, { kind: 'person-changed', ...subject, changes });
  await recordRoles(tx, 'roles-given', { ...subject, roles: without(after, before) });
  await recordRoles(tx, 'roles-taken', { ...subject, roles: without(before, after) });
  if (before.dismissedAt === null && after.dismissedAt !== null)
    await record(tx, { kind: 'person-dismissed', ...subject });
  if (before.dismissedAt !== null && after.dismissedAt === null)
    await record(tx, { kind: 'person-returned', ...subject });
}

async function recordRoles(
  tx: Tx,
  kind: 'roles-given' | 'roles-taken',
  { roles, ...subject }: { workspaceId: number; on: ReturnType<typeof on>; roles: Person['roles'] },
): Promise<void> {
  if (roles.length > 0) await record(tx, { kind, ...subject, params: { roles: namesOf(roles), count: roles.length } });
}

function told({ name, email, addresses, phone, language, department, supervisor }: User): object {
  return { name, email, addresses: addresses.join(', '), phone, language, department: department?.name, supervisor };
}

const namesOf = (roles: Person['roles']) => roles.map(({ name }) => name).join(', ');

function without(some: Person, others: Person): Person['roles'] {
  return some.roles.filter(({ id }) => others.roles.every((other) => other.id !== id));
}
