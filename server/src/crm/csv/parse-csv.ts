export interface CsvRecord {
  /** Of the file, from 1, on which the record begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Csv {
  readonly records: readonly CsvRecord[];
  /** The line on which a quotation begins that never ends. */
  readonly openQuoteAt: number | null;
}

/**
 * RFC 4180, forgiving what spreadsheets and people write: any line end, quotes inside plain cells, blanks before a quotation,
 * blank lines and a first line `sep=;` (both left out).
 */
export function parseCsv(text: string, delimiter: string): Csv {
  const { records, openQuoteAt } = readCsv(text, delimiter);
  return { records: [...records], openQuoteAt: openQuoteAt() };
}

/** The same, a record after the other; `openQuoteAt` is told once all have been read. */
export function readCsv(
  text: string,
  delimiter: string,
): { records: Generator<CsvRecord>; openQuoteAt(): number | null } {
  const said = separatorLine.exec(text)?.[0] ?? '';
  const reader: Reader = { text, delimiter, at: said.length, line: said === '' ? 1 : 2, openQuoteAt: null };
  return { records: recordsOf(reader), openQuoteAt: () => reader.openQuoteAt };
}

function* recordsOf(reader: Reader): Generator<CsvRecord> {
  while (reader.at < reader.text.length) {
    const line = reader.line;
    const cells = readRecord(reader);
    if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
  }
}

const separatorLine = /^"?sep=([^\r\n"\p{L}\p{N}])"?[,;\t ]*(?:\r\n|\r|\n|$)/iu;

/** The one that the file says itself, else the one that cuts the first lines into the most cells, equally many in each. */
export function guessDelimiter(text: string): string {
  const said = separatorLine.exec(text)?.[1];
  if (said !== undefined) return said;
  const head = text.slice(0, 20_000);
  const scored = [',', ';', '\t', '|'].map((delimiter) => {
    const counts = parseCsv(head, delimiter)
      .records.slice(0, 20)
      .map(({ cells }) => cells.length);
    const [width = 1] = counts;
    const same = counts.filter((count) => count === width).length / Math.max(counts.length, 1);
    return { delimiter, score: width < 2 ? 0 : width * same * same };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

interface Reader {
  readonly text: string;
  readonly delimiter: string;
  at: number;
  line: number;
  openQuoteAt: number | null;
}

function readRecord(reader: Reader): string[] {
  const cells: string[] = [];
  for (;;) {
    cells.push(readCell(reader));
    const end = reader.text[reader.at];
    if (end === reader.delimiter) {
      reader.at += 1;
      continue;
    }
    if (end === '\r' && reader.text[reader.at + 1] === '\n') reader.at += 1;
    reader.at += 1;
    reader.line += 1;
    return cells;
  }
}

function readCell(reader: Reader): string {
  const quoted = reader.text[reader.at] === '"' ? readQuoted(reader) : readQuotedBehindBlanks(reader);
  return quoted + readPlain(reader);
}

// Only where the cell ends with the quotation: ` "so" he said` is a text that begins with a blank.
function readQuotedBehindBlanks(reader: Reader): string {
  const { at, line, openQuoteAt } = reader;
  skipBlanks(reader);
  if (reader.at > at && reader.text[reader.at] === '"') {
    const quoted = readQuoted(reader);
    skipBlanks(reader);
    const end = reader.text[reader.at];
    const ends = end === undefined || end === reader.delimiter || end === '\n' || end === '\r';
    if (ends && reader.openQuoteAt === openQuoteAt) return quoted;
  }
  Object.assign(reader, { at, line, openQuoteAt });
  return '';
}

function skipBlanks(reader: Reader): void {
  while (reader.text[reader.at] === ' ') reader.at += 1;
}

function readPlain(reader: Reader): string {
  const start = reader.at;
  for (; reader.at < reader.text.length; reader.at += 1) {
    const letter = reader.text[reader.at];
    if (letter === reader.delimiter || letter === '\n' || letter === '\r') break;
  }
  return reader.text.slice(start, reader.at);
}

function readQuoted(reader: Reader): string {
  const { text } = reader;
  const begun = reader.line;
  let value = '';
  for (reader.at += 1; reader.at < text.length; reader.at += 1) {
    const letter = text[reader.at];
    if (letter === '"' && text[reader.at + 1] !== '"') {
      reader.at += 1;
      return value;
    }
    if (letter === '"') reader.at += 1;
    if (letter === '\n') reader.line += 1;
    value += letter;
  }
  reader.openQuoteAt ??= begun;
  return value;
}
