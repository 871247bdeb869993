import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { NamedWriters } from './named-writers.ts';
import type { Ours } from './who-wrote.ts';

export interface OurAddresses extends Ours {
  /** Whose address it is; undefined for who is no employee, or no more. */
  readonly employeeOf: (address: string) => number | undefined;
}

/** Which of those whom a letter names are ours: mailboxes, and employees who have not been dismissed. `anna+news@` is anna's. */
export async function loadOurs(tx: Tx, named: NamedWriters): Promise<OurAddresses> {
  const all = [named.from, named.originalFrom, named.sender, ...named.replyTo].flatMap((one) => one?.address ?? []);
  const asked = [...new Set(all.flatMap((address) => [address, withoutTag(address)]))];
  const { rows } = await sql<{ address: string; employeeId: number | null }>`
    select lower(email) as address, id as "employeeId" from employees
    where workspace_id = ${workspaceOf(tx)} and dismissed_at is null and lower(email) = any(${asked}::text[])
    union all
    select lower(settings ->> 'address'), null from channels
    where workspace_id = ${workspaceOf(tx)} and kind = 'mailbox' and lower(settings ->> 'address') = any(${asked}::text[])`.execute(
    tx,
  );
  const rowsOf = (address: string) =>
    rows.filter((row) => row.address === address || row.address === withoutTag(address));
  const employeeOf = (address: string) => rowsOf(address).find(({ employeeId }) => employeeId !== null)?.employeeId;
  return {
    isMailbox: (address) => rowsOf(address).some(({ employeeId }) => employeeId === null),
    isEmployee: (address) => employeeOf(address) !== undefined,
    employeeOf: (address) => employeeOf(address) ?? undefined,
  };
}

const withoutTag = (address: string) => address.replace(/\+[^@]*(?=@)/, '');
