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

/** RFC 4180, forgiving what spreadsheets and people write: any line end, quotes inside plain cells, blank lines (left out). */
export function parseCsv(text: string, delimiter: string): Csv {
  const records: CsvRecord[] = [];
  const reader = { text, delimiter, at: 0, line: 1, openQuoteAt: null };
  while (reader.at < text.length) {
    const line = reader.line;
    const cells = readRecord(reader);
    if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells });
  }
  return { records, openQuoteAt: reader.openQuoteAt };
}

/** The one that cuts the first lines into the most cells, equally many in each. */
export function guessDelimiter(text: string): string {
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
  const quoted = reader.text[reader.at] === '"' ? readQuoted(reader) : '';
  return quoted + readPlain(reader);
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
