import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { plainCell } from '../../crm/csv/plain-cell.ts';
import type { Tx } from '../../platform/db.ts';
import { countCells, type ImportRow } from './job/imports.store.ts';
import type { World } from './rows/import-world.ts';

export interface UnknownOwners {
  /** Rows whose owner is nobody here. */
  readonly rows: number;
  /** The most frequent first. */
  readonly names: readonly { readonly text: string; readonly rows: number }[];
}

/** More names than that have no owners, but something else in their column. */
const MOST_NAMES = 10_000;

/** Who owns rows and is not here, in the whole file. */
export async function countUnknownOwners(
  tx: Tx,
  { id }: Pick<ImportRow, 'id'>,
  { columns, scope }: Pick<World, 'columns' | 'scope'>,
): Promise<UnknownOwners> {
  const column = columns.find(({ to }) => to === 'responsible')?.column;
  if (column === undefined) return { rows: 0, names: [] };
  const counts = new Map<string, number>();
  for (const { text, rows } of await countCells(tx, id, { column, limit: MOST_NAMES })) {
    const name = plainCell(text).trim();
    if (name !== '' && !scope.people.has(foldedText(name))) counts.set(name, (counts.get(name) ?? 0) + rows);
  }
  const names = [...counts].map(([text, rows]) => ({ text, rows })).sort((a, b) => b.rows - a.rows);
  return { rows: names.reduce((sum, { rows }) => sum + rows, 0), names };
}
