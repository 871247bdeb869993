import { createHash, timingSafeEqual } from 'node:crypto';

export interface RelayUser {
  readonly name: string;
  readonly password: string;
}

/** Whether somebody is one of SMTP_USERS. It takes as long whoever it is. */
export function isKnownUser(users: readonly RelayUser[], { name, password }: RelayUser): boolean {
  return users.map((user) => isSame(user.name, name) && isSame(user.password, password)).includes(true);
}

const hash = (text: string) => createHash('sha256').update(text).digest();

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(hash(one), hash(other));
}
