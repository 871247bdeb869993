import type { ImportTarget } from '@signalbox/contract/imports.ts';
import { guessLocale } from '../../crm/client-book/country.ts';
import { judgeColumn } from '../../crm/csv/column-reading.ts';
import { decodeText } from '../../crm/csv/decode-text.ts';
import { guessMapping } from '../../crm/csv/guess/guess-mapping.ts';
import { guessStage } from '../../crm/csv/guess/guess-stages.ts';
import { type CsvRecord, guessDelimiter, parseCsv } from '../../crm/csv/parse-csv.ts';
import { plainCell } from '../../crm/csv/plain-cell.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { listPipelines } from '../../crm/pipelines/pipelines.store.ts';
import { checkOwner } from '../../crm/types/check-item-type.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { fillable, type ImportSource, limitOfColumn } from './job/import-plan.ts';
import { insertImport } from './job/imports.store.ts';

export interface Upload {
  readonly employeeId: number | null;
  readonly target: ImportTarget;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly delimiter?: string | undefined;
  readonly pipelineId?: number | undefined;
  readonly now: Date;
  /** Whose file it is: no column is guessed to fill what they may not. */
  readonly rights?: Rights | undefined;
}

/** A draft: the rows as they are, and a guess for every column. 422 for what is no table. */
export async function uploadImport(tx: Tx, upload: Upload): Promise<number> {
  await checkOwner(tx, upload.target, 'target');
  const reference = await loadReference(tx);
  checkText(upload.bytes);
  const { text, encoding } = decodeText(upload.bytes, reference.workspace.language);
  const delimiter = upload.delimiter ?? guessDelimiter(text);
  const { records, openQuoteAt } = parseCsv(text, delimiter);
  const [header, ...rows] = records;
  if (openQuoteAt !== null)
    throw unreadable('open-quote', `The quotation that begins on line ${openQuoteAt} never ends`);
  if (header === undefined || rows.length === 0)
    throw unreadable('empty-file', 'The file needs a line of headers and at least one row');
  if (header.cells.length > 1_000) throw unreadable('too-wide', 'The file has more than 1000 columns');
  const columns = readColumns({ header, rows }, { ...upload, reference });
  const stages = await listOfPipeline(tx, upload);
  const source = { encoding, delimiter, locale: guessLocale(reference.workspace), columns, stages: [] };
  const guessed = columns.find(({ guess }) => guess.to === 'stage')?.guess.column;
  return insertImport(tx, {
    ...{ employeeId: upload.employeeId, target: upload.target, fileName: upload.fileName, now: upload.now },
    source: { ...source, stages: guessed === undefined ? [] : stageTexts(rows, { column: guessed, stages }) },
    records: rows,
  });
}

interface Table {
  readonly header: CsvRecord;
  readonly rows: readonly CsvRecord[];
}

function readColumns(
  { header, rows }: Table,
  { target, rights, reference }: Pick<Upload, 'target' | 'rights'> & { reference: Reference },
): ImportSource['columns'] {
  const columns = header.cells.map((text, index) => ({
    header: plainCell(text).trim().slice(0, 200),
    values: rows.map(({ cells }) => plainCell(cells[index] ?? '').trim()).filter((value) => value !== ''),
  }));
  const guesses = guessMapping({ target, columns, fields: fillable(target, reference) }).map((guess) => {
    const isHeld = guess.to !== 'title' && limitOfColumn(guess.to, { target, rights }) !== undefined;
    return isHeld ? { ...guess, to: '' } : guess;
  });
  return columns.map((one, column) => ({
    header: one.header,
    samples: [...new Set(one.values.slice(0, 200))].slice(0, 4).map((value) => value.slice(0, 120)),
    filled: one.values.length,
    guess: guesses[column] ?? { column, to: '' },
    ...judgeColumn(one.values),
  }));
}

type Stages = Awaited<ReturnType<typeof listPipelines>>[number]['stages'];

async function listOfPipeline(tx: Tx, { target, pipelineId }: Upload): Promise<Stages> {
  const pipelines = await listPipelines(tx, target);
  return (pipelines.find(({ id }) => id === pipelineId) ?? pipelines[0])?.stages ?? [];
}

const MOST_STAGES = 60;

/** The texts of a stage column, the most frequent first, with the stage that each names. */
export function stageTexts(
  rows: readonly { readonly cells: readonly string[] }[],
  { column, stages }: { column: number; stages: Stages },
): { text: string; rows: number; guess: string }[] {
  const counts = new Map<string, number>();
  for (const { cells } of rows) {
    const text = plainCell(cells[column] ?? '').trim();
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_STAGES)
    .map(([text, count]) => ({ text: text.slice(0, 500), rows: count, guess: guessStage(text, stages) }));
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
