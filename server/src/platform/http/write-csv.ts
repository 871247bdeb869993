/** A line of RFC 4180. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

// A spreadsheet runs what begins like a formula; an apostrophe makes it text again, and our own import takes it off.
function csvCell(text: string): string {
  const safe = withApostrophes(text);
  return /[",\r\n;\t|]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * An apostrophe before all that a spreadsheet would run, whichever mark it parts cells by: where it goes by semicolons, what
 * stands behind one inside our quotation begins a cell of its own.
 */
function withApostrophes(text: string): string {
  if (isMarkedNumber(text)) return `'${text}`;
  const begin = /^'*[\t\r]/.test(text) ? "'" : '';
  return begin + rewritten(text, (at) => `'${text.slice(at.from, at.to)}`);
}

/** What `csvLine` had made of it; of a file of somebody else's, the apostrophe that keeps a number a text. */
export function withoutApostrophes(cell: string): string {
  if (!cell.includes("'")) return cell;
  if (isMarkedNumber(cell)) return cell.slice(1);
  const text = /^'+[\t\r]/.test(cell) ? cell.slice(1) : cell;
  return rewritten(text, (at) => text.slice(Math.min(at.from + 1, at.to), at.to));
}

/** `'00123`, `'+48 600 100 200`. */
const isMarkedNumber = (text: string) => /^'+[+-]?\d[\d ()./-]*$/.test(text);

interface Apostrophes {
  readonly from: number;
  /** Where the formula begins. */
  readonly to: number;
}

/** The text with the apostrophes before each formula replaced; there may be none of them. */
function rewritten(text: string, replace: (apostrophes: Apostrophes) => string): string {
  let written = '';
  let done = 0;
  for (const found of formulasIn(text)) {
    written += text.slice(done, found.from) + replace(found);
    done = found.to;
  }
  return written + text.slice(done);
}

const anyFormula = /[=+\-@＝＋－＠]/;
const formula = new Set('=+-@＝＋－＠');
const separators = new Set(',;\t|\r\n');
const plainNumber = /[+-]?\d+(\.\d+)?(?=[,;\t|\r\n]|$)/y;

function* formulasIn(text: string): Generator<Apostrophes> {
  if (!anyFormula.test(text)) return;
  let begins = true;
  let from = -1;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index);
    if (separators.has(letter)) {
      begins = true;
      from = -1;
      continue;
    }
    if (!begins) continue;
    if (letter === "'") {
      if (from < 0) from = index;
      continue;
    }
    if (from < 0 && (letter === '"' || letter.trim() === '')) continue;
    begins = false;
    if (!formula.has(letter)) continue;
    if (from >= 0 || !isPlainNumber(text, index)) yield { from: from < 0 ? index : from, to: index };
  }
}

function isPlainNumber(text: string, at: number): boolean {
  plainNumber.lastIndex = at;
  return plainNumber.test(text);
}
