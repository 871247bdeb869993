import type { Role } from '@signalbox/contract/people/roles.ts';
import type { User } from '@signalbox/contract/people/users.ts';
import { write } from '../transport/request.ts';

/** From now on everything is read as this person reads it: the page begins anew, so that nothing is left of before. */
export async function seeAs(employee: number): Promise<void> {
  await write('POST', '/api/v1/session/see-as', { body: { employee } });
  location.assign('/');
}

/** Back to what one sees oneself, where it began. */
export async function endSeeing(): Promise<void> {
  await write('DELETE', '/api/v1/session/see-as');
  location.assign('/settings/people');
}

type Ways = 'giveable' | 'seeable';

/** Whether all that somebody may do is within what the reader may do or see. */
export function isWithin(person: Pick<User, 'roles'>, roles: readonly Role[], way: Ways): boolean {
  return person.roles.every(({ id }) => roles.find((one) => one.id === id)?.[way] === true);
}
