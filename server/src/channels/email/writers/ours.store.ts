import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Ours } from './who-wrote.ts';

export interface OurAddresses extends Ours {
  /** Whose address it is; undefined for who is no employee, or no more. */
  readonly employeeOf: (address: string) => number | undefined;
}

/** Which addresses are ours: mailboxes, and employees who have not been dismissed, by any of theirs. `anna+news@` is anna's. */
export async function loadOurs(tx: Tx, addresses: readonly string[]): Promise<OurAddresses> {
  const asked = [...new Set(addresses.flatMap((address) => [address, withoutTag(address)]))];
  const { rows } = await sql<{ address: string; employeeId: number | null }>`
    select lower(email) as address, id as "employeeId" from employees
    where workspace_id = ${workspaceOf(tx)} and dismissed_at is null and lower(email) = any(${asked}::text[])
    union all
    select address, id from employees, unnest(addresses) as address
    where workspace_id = ${workspaceOf(tx)} and dismissed_at is null and addresses && ${asked}::text[]
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
