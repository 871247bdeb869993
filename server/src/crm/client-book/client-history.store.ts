import type { ClientFacts } from '@signalbox/automation/kit/facts.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { readValues } from '../facts/read-values.ts';
import { type ClientKind, clientKey, loadClientFacts } from './client-facts.store.ts';

/** Before a contact or company is changed: what it is like, so that what was decided on it can be rebuilt. */
export async function keepClientBefore(tx: Tx, { kind, id }: { kind: ClientKind; id: number }, at: Date) {
  const tied = { contactId: kind === 'contact' ? id : null, companyId: kind === 'company' ? id : null };
  const before = (await loadClientFacts(tx, [tied])).get(clientKey(kind, id));
  if (before === undefined) return;
  await sql`insert into client_history (workspace_id, client_kind, client_id, at, before)
    values (${workspaceOf(tx)}, ${kind}, ${id}, ${at}, ${JSON.stringify(before)}::jsonb)`.execute(tx);
}

/** What a client was like until what has this number happened. */
export interface ClientBefore {
  readonly id: number;
  readonly client: ClientFacts;
}

/** By `clientKey`, oldest first. */
export async function listClientsBefore(
  tx: Tx,
  clients: readonly { readonly kind: ClientKind; readonly id: number }[],
): Promise<Map<string, ClientBefore[]>> {
  if (clients.length === 0) return new Map();
  const idsOf = (wanted: ClientKind) => `{${clients.flatMap(({ kind, id }) => (kind === wanted ? id : [])).join(',')}}`;
  const { rows } = await sql<{ id: number; before: unknown }>`
    select id, before from client_history where workspace_id = ${workspaceOf(tx)}
      and ((client_kind = 'contact' and client_id = any(${idsOf('contact')}::bigint[]))
        or (client_kind = 'company' and client_id = any(${idsOf('company')}::bigint[]))) order by id`.execute(tx);
  const found = new Map<string, ClientBefore[]>();
  for (const row of rows) {
    const client = kept.parse(row.before);
    const key = clientKey(client.kind, client.id);
    found.set(key, [...(found.get(key) ?? []), { id: row.id, client }]);
  }
  return found;
}

const maybe = z.string().nullable();
const kept = z
  .object({
    kind: z.enum(['contact', 'company']),
    id: z.number(),
    ...{
      name: z.string(),
      firstName: maybe,
      lastName: maybe,
      emails: z.array(z.string()),
      phones: z.array(z.string()),
    },
    fields: z.unknown(),
  })
  .transform((client) => ({ ...client, fields: readValues(client.fields) }));
