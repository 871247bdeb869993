import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { invalid } from '../platform/errors.ts';

interface Given {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly addresses: readonly string[];
}

/** 422 for an address of a mailbox or of somebody else: mail of it would be taken for this person's. */
export async function checkFurtherAddresses(tx: Tx, { workspaceId, employeeId, addresses }: Given): Promise<void> {
  const { rows } = await sql<{ address: string }>`
    select lower(settings ->> 'address') as address from channels
    where workspace_id = ${workspaceId} and kind = 'mailbox' and lower(settings ->> 'address') = any(${addresses}::text[])
    union all
    select taken from employees, unnest(addresses || lower(email)) as taken
    where workspace_id = ${workspaceId} and id <> ${employeeId} and taken = any(${addresses}::text[])`.execute(tx);
  if (rows.length === 0) return;
  const taken = rows.map(({ address }) => address);
  throw invalid(
    addresses.flatMap((address, index) =>
      taken.includes(address)
        ? [
            {
              path: `addresses[${index}]`,
              code: 'address-of-other',
              message: `${address} is a mailbox or somebody else's`,
            },
          ]
        : [],
    ),
  );
}
