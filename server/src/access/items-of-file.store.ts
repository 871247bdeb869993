import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { listOwned } from './owned-items.store.ts';

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
  const isHidden = ({ type, code }: OwnedCode) => rights.fields[type]?.[code] === 'hidden';
  const found: number[] = [];
  for (const [code, sameCode] of Map.groupBy(fields, (field) => field.code)) {
    const hiddenOn = sameCode.filter(isHidden).map(({ type }) => type);
    if (hiddenOn.length === sameCode.length) continue;
    const ids = await findIds(tx, `${here}:${code}:${fileId}`);
    // A term does not say of which type the item is whose field it stands in.
    const items = hiddenOn.length === 0 ? [] : await listOwned(tx, ids);
    const unseen = new Set(items.filter(({ type }) => hiddenOn.includes(type)).map(({ id }) => id));
    found.push(...ids.filter((id) => !unseen.has(id)));
  }
  return found;
}

interface OwnedCode {
  readonly type: string;
  readonly code: string;
}

async function findIds(tx: Tx, term: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select signalbox_find('terms', ${[term]}, ${MOST}) as id`.execute(tx);
  return rows.map(({ id }) => id);
}
