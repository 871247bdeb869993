import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import type { ImportColumn, ImportTarget } from '@signalbox/contract/imports.ts';
import { type ColumnEvidence, judgeColumn } from '../column-reading.ts';
import { decodeText } from '../decode-text.ts';
import { guessMapping } from '../guess/guess-mapping.ts';
import { type CsvRecord, guessDelimiter, readCsv } from '../parse-csv.ts';
import { plainCell } from '../plain-cell.ts';

export interface TableAsked {
  readonly target: ImportTarget;
  /** Those of the target that can be filled. */
  readonly fields: readonly FieldSpec[];
  /** Of the workspace: which code page its spreadsheets write. */
  readonly language: string;
  readonly delimiter: string | undefined;
}

export interface TableColumn extends ColumnEvidence {
  readonly header: string;
  readonly samples: string[];
  readonly filled: number;
  readonly guess: ImportColumn;
}

export interface Table {
  readonly encoding: string;
  readonly delimiter: string;
  readonly rowCount: number;
  readonly columns: readonly TableColumn[];
  /** The texts of the column that is taken for the stage, the most frequent first. */
  readonly stageTexts: readonly TextCount[];
}

export interface TextCount {
  readonly text: string;
  readonly rows: number;
}

/** Why a file is no table. */
export interface NoTable {
  readonly code: 'open-quote' | 'empty-file' | 'too-wide';
  readonly detail: string;
}

const MOST_COLUMNS = 1_000;
const ROWS_AT_ONCE = 2_000;
const LETTERS_AT_ONCE = 1_000_000;
/** How a column is written is judged by so many of its cells, the first ones; and by so many of all columns together. */
const MOST_JUDGED = 200_000;
const MOST_JUDGED_OF_ALL = 3_000_000;

/** Work for `apart`: the rows as JSON texts, each a list of `{position, line, cells}`; then what the columns are. */
export function* work(asked: TableAsked, bytes: Uint8Array): Generator<string, Table | NoTable, void> {
  const { text, encoding } = decodeText(bytes, asked.language);
  const delimiter = asked.delimiter ?? guessDelimiter(text);
  const reader = readCsv(text, delimiter);
  const begin = reader.records.next();
  const header: readonly string[] = begin.done === true ? [] : begin.value.cells;
  if (header.length > MOST_COLUMNS)
    return { code: 'too-wide', detail: `The file has more than ${MOST_COLUMNS} columns` };

  const columns = header.map((cell) => ({ header: plainCell(cell).trim().slice(0, 200), values: [], filled: 0 }));
  const rowCount = yield* readRows(reader.records, columns);
  const openQuoteAt = reader.openQuoteAt();
  if (openQuoteAt !== null)
    return { code: 'open-quote', detail: `The quotation that begins on line ${openQuoteAt} never ends` };
  if (rowCount === 0) return { code: 'empty-file', detail: 'The file needs a line of headers and at least one row' };
  return { encoding, delimiter, rowCount, ...judge(columns, asked) };
}

interface Column {
  readonly header: string;
  /** Without the empty ones. */
  readonly values: string[];
  filled: number;
}

/** Answers how many rows there are; nothing is handed on of a file whose last quotation never ends. */
function* readRows(records: Iterable<CsvRecord>, columns: readonly Column[]): Generator<string, number, void> {
  const judged = { cells: 0 };
  let [rowCount, letters] = [0, 0];
  let rows: object[] = [];
  for (const { line, cells } of records) {
    rows.push({ position: rowCount, line, cells: cells.map(keptCell) });
    rowCount += 1;
    for (const [index, column] of columns.entries()) note(column, cells[index] ?? '', judged);
    for (const cell of cells) letters += Math.min(cell.length, LONGEST_KEPT);
    if (rows.length < ROWS_AT_ONCE && letters < LETTERS_AT_ONCE) continue;
    yield JSON.stringify(rows);
    [rows, letters] = [[], 0];
  }
  if (rows.length > 0) yield JSON.stringify(rows);
  return rowCount;
}

/** Much more than any value may have: what is longer is told to be too long all the same. */
const LONGEST_KEPT = 100_000;

function keptCell(cell: string): string {
  return cell.length <= LONGEST_KEPT ? cell : cell.slice(0, LONGEST_KEPT).toWellFormed();
}

function note(column: Column, cell: string, judged: { cells: number }): void {
  const value = plainCell(keptCell(cell)).trim();
  if (value === '') return;
  column.filled += 1;
  if (column.values.length >= MOST_JUDGED || judged.cells >= MOST_JUDGED_OF_ALL) return;
  column.values.push(value);
  judged.cells += 1;
}

function judge(
  columns: readonly Column[],
  { target, fields }: Pick<TableAsked, 'target' | 'fields'>,
): Pick<Table, 'columns' | 'stageTexts'> {
  const guesses = guessMapping({ target, columns, fields });
  const stage = guesses.findIndex(({ to }) => to === 'stage');
  return {
    columns: columns.map(({ header, values, filled }, column) => ({
      ...{ header, filled, guess: guesses[column] ?? { column, to: '' } },
      samples: [...new Set(values.slice(0, 200))].slice(0, 4).map((value) => value.slice(0, 120)),
      ...judgeColumn(values),
    })),
    stageTexts: countTexts(columns[stage]?.values ?? []),
  };
}

const MOST_TEXTS = 60;

function countTexts(values: readonly string[]): TextCount[] {
  const counts = new Map<string, number>();
  for (const text of values) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_TEXTS)
    .map(([text, rows]) => ({ text, rows }));
}
