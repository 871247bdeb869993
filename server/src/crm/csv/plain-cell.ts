import { withoutApostrophes } from '../../platform/http/write-csv.ts';

const MOST_IN_SPREADSHEETS = 32_767;

/** A cell as it was meant: spreadsheets write `="00123"` to keep a number a text, and exports put apostrophes before formulas. */
export function plainCell(cell: string): string {
  if (cell.length > MOST_IN_SPREADSHEETS) return withoutApostrophes(cell);
  const kept = /^\s*="((?:[^"]|"")*)"\s*$/.exec(cell)?.[1];
  return kept === undefined ? withoutApostrophes(cell) : kept.replaceAll('""', '"');
}
