import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** The living records of a kind by their keys elsewhere. */
export async function findByKeys(tx: Tx, kind: string, keys: readonly string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; id: number }>`
    select k.key, r.id from record_keys k join ${tableOf(kind)} r on r.workspace_id = k.workspace_id and r.id = k.record_id
    where k.workspace_id = ${workspaceOf(tx)} and k.kind = ${kind} and k.key = any(${[...new Set(keys)]}::text[])`.execute(
    tx,
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** The first record keeps a key as long as it lives. */
export async function putKeys(tx: Tx, kind: string, keys: ReadonlyMap<string, number>): Promise<void> {
  if (keys.size === 0) return;
  const rows = [...keys].map(([key, id]) => ({ key, id }));
  await sql`
    insert into record_keys (workspace_id, kind, key, record_id)
    select ${workspaceOf(tx)}, ${kind}, k.key, k.id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) k(key text, id bigint)
    on conflict (workspace_id, kind, key) do update set record_id = excluded.record_id
    where not exists (select from ${tableOf(kind)} r where r.workspace_id = record_keys.workspace_id and r.id = record_keys.record_id)`.execute(
    tx,
  );
}

/** The keys of records. */
export async function listKeys(tx: Tx, kind: string, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ key: string; id: number }>`
    select distinct on (record_id) key, record_id as id from record_keys
    where workspace_id = ${workspaceOf(tx)} and kind = ${kind} and record_id = any(${`{${ids.join(',')}}`}::bigint[])
    order by record_id, key`.execute(tx);
  return new Map(rows.map(({ key, id }) => [id, key]));
}

function tableOf(kind: string): RawBuilder<unknown> {
  if (kind === 'contact') return sql`contacts`;
  return kind === 'company' ? sql`companies` : sql`items`;
}
