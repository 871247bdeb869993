import { apartInPieces, GaveUp } from '../../../platform/apart/apart.ts';
import type { Asker } from '../../../platform/apart/turns.ts';
import { UserError } from '../../../platform/errors.ts';
import type { NoTable, Table, TableAsked, work } from './table-work.ts';

/** A table with its rows, as JSON texts: each a list of `{position, line, cells}`. */
export interface ReadTable extends Table {
  readonly rows: readonly string[];
}

const DEADLINE_MS = 60_000;
const read = apartInPieces<typeof work>(new URL('./table-work.ts', import.meta.url), { deadlineMs: DEADLINE_MS });

/** A file as a table, read apart. Throws UserError 422 for what is no table or cannot be read in time, 503 when too much waits. */
export async function readTable(bytes: Uint8Array, asked: TableAsked, asker: Asker): Promise<ReadTable> {
  checkText(bytes);
  const rows: string[] = [];
  const table = await read({ input: asked, bytes, take: (piece) => rows.push(piece) }, asker).catch(gaveUp);
  if (isNoTable(table)) throw unreadable(table.code, table.detail);
  return { ...table, rows };
}

function isNoTable(table: Table | NoTable): table is NoTable {
  return 'code' in table;
}

function gaveUp(error: unknown): never {
  if (!(error instanceof GaveUp) || error.why === 'failed') throw error;
  if (error.why !== 'busy')
    throw unreadable('too-hard', 'Reading the file takes too long or too much memory; divide it into several');
  const detail = 'Several files are being read just now; try again in a minute';
  throw new UserError({ status: 503, code: 'busy', title: 'Busy', detail });
}

// Both begin like a workbook of a spreadsheet program: a ZIP archive, and what came before it.
const workbooks = ['504b0304', 'd0cf11e0'];

/** Bytes that are no text at all; UTF-16 has to say so by its mark. */
function checkText(bytes: Uint8Array): void {
  const begin = Buffer.from(bytes.subarray(0, 1_000));
  if (workbooks.includes(begin.toString('hex', 0, 4)))
    throw unreadable('workbook', 'This is a workbook; save it as CSV and choose that file');
  const isMarked = ['fffe', 'feff'].includes(begin.toString('hex', 0, 2));
  if (!isMarked && begin.includes(0))
    throw unreadable('not-text', 'This is not a text file; export the table as CSV and choose that file');
}

function unreadable(code: string, detail: string): UserError {
  return new UserError({ status: 422, code, title: 'The file could not be read', detail });
}
