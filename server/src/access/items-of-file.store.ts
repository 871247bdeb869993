import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';

const MOST = 500;

/** The items in whose fields a file stands, but for fields that these rights hide; found by the index of terms. */
export async function listItemsOfFile(tx: Tx, fileId: number, rights: Rights): Promise<number[]> {
  const here = workspaceOf(tx);
  const fields = await tx
    .selectFrom('fields')
    .select(['type', 'code'])
    .where('workspace_id', '=', here)
    .where('kind', '=', 'file')
    .execute();
  const seen = fields.filter(({ type, code }) => rights.fields[type]?.[code] !== 'hidden');
  if (seen.length === 0) return [];
  const terms = seen.map(({ code }) => `${here}:${code}:${fileId}`);
  const { rows } = await sql<{ id: number }>`select signalbox_find('terms', ${terms}, ${MOST}) as id`.execute(tx);
  return rows.map(({ id }) => id);
}
