import { withoutApostrophes } from '../../platform/http/write-csv.ts';

/** A cell as it was meant: spreadsheets write `="00123"` to keep a number a text, and exports put apostrophes before formulas. */
export function plainCell(cell: string): string {
  const kept = /^\s*="((?:[^"]|"")*)"\s*$/.exec(cell)?.[1];
  return kept === undefined ? withoutApostrophes(cell) : kept.replaceAll('""', '"');
}
