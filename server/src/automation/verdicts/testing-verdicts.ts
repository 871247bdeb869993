import type { Tx } from '../../platform/db.ts';
import { type KeptColumns, type ReadVerdict, verdictReader } from './read-verdicts.ts';

/** A trigger's id, its verdict, and the detail when there is one. */
export type PlainVerdict = [string, string] | [string, string, Readonly<Record<string, unknown>>];

/** For tests: what was decided on an item, the oldest signal first. */
export async function keptVerdicts(tx: Tx, itemId: number): Promise<PlainVerdict[][]> {
  const rows = await tx
    .selectFrom('decisions')
    .select(['verdicts', 'hearers'])
    .where('item_id', '=', itemId)
    .orderBy('signal_id')
    .execute();
  return plainVerdicts(tx, rows);
}

/** For tests: the verdicts of these decisions. */
export async function plainVerdicts(tx: Tx, rows: readonly KeptColumns[]): Promise<PlainVerdict[][]> {
  const read = await verdictReader(tx, rows);
  return rows.map((row) => read(row).map(plain));
}

function plain({ trigger, verdict, detail }: ReadVerdict): PlainVerdict {
  return detail === null ? [trigger, verdict] : [trigger, verdict, detail];
}
