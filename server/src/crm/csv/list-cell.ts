import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';

export interface ListRead {
  readonly kind: FieldKind;
  /** Whether a part alone is a value of the field. */
  fits(part: string): boolean;
  /** Parts of it may be values too, and yet it is one: "Red, green" where that is an option. */
  isOne?(value: string): boolean;
}

/**
 * The values of a cell that holds several. `;`, `|`, a line end and `:::` always part them; `,` and `/` (a blank between
 * addresses, `&` and *or* between numbers) where every part fits alone, since a number is written `030/1234567` too. A part in quotes is one value.
 */
export function splitList(text: string, { kind, fits, isOne = () => false }: ListRead): string[] {
  const marks = softMarks[kind];
  return pieces(text).flatMap(({ value, isQuoted }) => {
    if (isQuoted || marks === undefined || isOne(value)) return [value];
    const parts = value.split(marks).filter((part) => part.trim() !== '');
    return parts.length > 0 && parts.every((part) => fits(part.trim())) ? parts.map((part) => part.trim()) : [value];
  });
}

/** A list as `splitList` reads it again. */
export function joinList(values: readonly string[], kind: FieldKind): string {
  return values.map((value) => (mustQuote(value, kind) ? `"${value.replaceAll('"', '""')}"` : value)).join('; ');
}

const softMarks: Partial<Record<FieldKind, RegExp>> = {
  email: /[,/\s]/,
  phone: /[,/]|\s(?:&|or|and|lub|oraz|i|o|ou|y|e)\s/i,
  choice: /[,/]/,
  multiChoice: /[,/]/,
};

function mustQuote(value: string, kind: FieldKind): boolean {
  return /[;|\r\n]|^"|^\s|\s$|^$|(^|\s):::(\s|$)/.test(value) || softMarks[kind]?.test(value) === true;
}

interface Piece {
  readonly value: string;
  readonly isQuoted: boolean;
}

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    const quoted = readQuoted(text, at);
    const { value, next } = quoted ?? readPlain(text, at);
    if (quoted !== undefined || value !== '') found.push({ value, isQuoted: quoted !== undefined });
    at = next;
  }
  return found;
}

interface Part {
  readonly value: string;
  /** Where the next one begins. */
  readonly next: number;
}

// A number may have an extension as RFC 3966 writes it: `;ext=5`.
const mark = /;(?!ext=)|[|\n]|\s:::(?=\s|$)/g;

function readPlain(text: string, from: number): Part {
  mark.lastIndex = from;
  const found = mark.exec(text);
  if (found === null) return { value: text.slice(from).trim(), next: text.length };
  return { value: text.slice(from, found.index).trim(), next: found.index + found[0].length };
}

const quotation = /[ \t]*"((?:[^"]|"")*)"[ \t]*(?:[;|\n]|\s:::(?=\s|$)|$)/y;

function readQuoted(text: string, from: number): Part | undefined {
  quotation.lastIndex = from;
  const found = quotation.exec(text);
  if (found === null) return undefined;
  return { value: (found[1] ?? '').replaceAll('""', '"'), next: from + found[0].length };
}
