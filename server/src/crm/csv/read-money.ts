import { currencyOf } from './currency-marks.ts';

export type DecimalMark = '.' | ',';

export interface ReadAmount {
  /** Decimal text: `-3500.5` */
  readonly amount: string;
  /** Undefined when none is written. */
  readonly currency: string | undefined;
}

// A point belongs to an abbreviation (`Rs.`), not to a sign: `£.50` is half a pound.
const mark = String.raw`(?:[\p{L}\p{Sc}]{0,9}\p{L}[./]{0,2}|[\p{L}\p{Sc}]{0,5}\p{Sc})`;
const shape = new RegExp(
  String.raw`^(\(|-)?\s*(${mark})?\s*([-+(])?\s*(\d[\d.,'’\s]*|[.,]\d+)([:/]?-{1,2})?\s*(${mark})?\s*(\))?$`,
  'u',
);

interface Written {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly marks: readonly string[];
}

const LONGEST = 60;

function dissect(text: string): Written | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = text.replace(/[\u00a0\u202f\u2009]/g, ' ').replace(/[\u2012-\u2015\u2212]/g, '-');
  const match = shape.exec(withCodes(plain.trim()));
  if (match === null) return undefined;
  const [, open, before = '', sign, written = '', trailing, behind = '', close] = match;
  const isInBrackets = open === '(' || sign === '(';
  if (isInBrackets !== (close !== undefined)) return undefined;
  if (
    !isGrouped(
      written
        .trim()
        .replace(/[.,]\d*$/, '')
        .split(/['’\s]+/),
    )
  )
    return undefined;
  const digits = written.replace(/['’\s]/g, '');
  // `1.200,-` has no cents; `5-` is less than nothing.
  const isLess = trailing === '-' && !/[.,]$/.test(digits);
  if (trailing === '--' && !/[.,]$/.test(digits)) return undefined;
  return { isNegative: isInBrackets || open === '-' || sign === '-' || isLess, digits, marks: [before, behind] };
}

/** `US $`, `COP $` and `USD$` are one mark. */
function withCodes(text: string): string {
  return text
    .replace(/\b(US|CA|AU|NZ|HK|MX) \$/, '$1$')
    .replace(/\b(USD|CAD|AUD|NZD|MXN|ARS|CLP|COP|SGD|HKD) ?\$/, '$1 ');
}

/** Thousands in groups of three, as in India all but the last of two: `1,2,3` is a list, not a number. */
function isGrouped(groups: readonly string[]): boolean {
  if (groups.length === 1) return true;
  const [first = '', ...rest] = groups;
  return (
    /^\d{1,3}$/.test(first) && rest.every((group, at) => (at === rest.length - 1 ? /^\d{3}$/ : /^\d{2,3}$/).test(group))
  );
}

/** `€ 3.500,00`, `1 234,5 zł`, `(12.00)`, `US$ 1,200`, `1.200,-`; undefined: no number. */
export function readMoney(text: string, decimal: DecimalMark = '.', home?: string): ReadAmount | undefined {
  const read = readAny(text, decimal, home);
  return read !== undefined && /^-?\d{1,15}(\.|$)/.test(read.amount) ? read : undefined;
}

/** A number without a currency. */
export function readNumber(text: string, decimal: DecimalMark = '.'): number | undefined {
  const small = text.trim().replace(',', '.');
  if (/^[+-]?\d(\.\d+)?e[+-]?\d{1,3}$/i.test(small)) return Number.isFinite(Number(small)) ? Number(small) : undefined;
  const read = readAny(text.replace(/%$/, ''), decimal);
  if (read === undefined || read.currency !== undefined) return undefined;
  const value = Number(read.amount);
  return Number.isSafeInteger(Math.trunc(value)) || String(value) === read.amount ? value : undefined;
}

function readAny(text: string, decimal: DecimalMark, home?: string): ReadAmount | undefined {
  const written = dissect(text);
  if (written === undefined) return undefined;
  const currency = currencyOf(written.marks, home);
  const plain = toPlain(written.digits, decimal);
  if (currency === null || plain === undefined) return undefined;
  return { amount: `${written.isNegative && Number(plain) !== 0 ? '-' : ''}${plain}`, currency };
}

/** What the cells of a column say about its marks. */
export interface DecimalEvidence {
  /** Null: no cell is clear, or as many say the one as the other. */
  readonly decimal: DecimalMark | null;
  /** The mark of cells such as `1.200`, which may be thousands or thousandths; null: there are none, or of both marks. */
  readonly doubtful: DecimalMark | null;
  /** Each of those ends with 0, as decimals hardly do. */
  readonly isRound: boolean;
  /** The first cell that can be read two ways. */
  readonly sample: string | null;
}

/** Which mark the column's own clear cells use; `1,234` alone tells nothing. */
export function judgeDecimals(values: readonly string[]): DecimalEvidence {
  const votes = { '.': 0, ',': 0 };
  const doubts: string[] = [];
  for (const value of values) {
    const digits = dissect(value.replace(/%$/, ''))?.digits;
    if (digits === undefined) continue;
    const said = decimalMarkOf(digits);
    if (said === 'either') doubts.push(value);
    else if (said !== undefined) votes[said] += 1;
  }
  const marks = new Set(doubts.map((value) => (value.includes('.') ? '.' : ',')));
  const [doubtful = null] = marks.size === 1 ? marks : [];
  return {
    decimal: votes[','] === votes['.'] ? null : votes[','] > votes['.'] ? ',' : '.',
    doubtful,
    isRound: doubts.length > 1 && doubts.every((value) => /0\D*$/.test(value)),
    sample: doubts[0] ?? null,
  };
}

function toPlain(digits: string, decimal: DecimalMark): string | undefined {
  const said = decimalMarkOf(digits);
  const mark = said === 'either' ? (digits.includes(decimal) ? decimal : undefined) : hasMark(digits, said);
  const thousands = mark === ',' ? '.' : ',';
  const [whole = '', fraction, more] = mark === undefined ? [digits.replace(/[.,]$/, '')] : digits.split(mark);
  if (more !== undefined || fraction?.includes(thousands)) return undefined;
  const groups = whole.split(mark === undefined ? /[.,]/ : thousands);
  if (!isGrouped(groups)) return undefined;
  const joined = groups.join('');
  if (!/^\d{0,25}$/.test(joined) || (joined === '' && !fraction)) return undefined;
  const trimmed = joined.replace(/^0+(?=\d)/, '') || '0';
  return fraction === undefined || fraction === '' ? trimmed : `${trimmed}.${fraction}`;
}

function hasMark(digits: string, mark: DecimalMark | undefined): DecimalMark | undefined {
  return mark !== undefined && digits.includes(mark) ? mark : undefined;
}

/**
 * The decimal mark that a number itself says, there or not: with both marks the last one; one mark repeated groups thousands;
 * a single one before three digits may be either.
 */
function decimalMarkOf(digits: string): DecimalMark | 'either' | undefined {
  const [point, comma] = [digits.lastIndexOf('.'), digits.lastIndexOf(',')];
  if (point >= 0 && comma >= 0) return point > comma ? '.' : ',';
  if (point < 0 && comma < 0) return undefined;
  const mark = point >= 0 ? '.' : ',';
  const pieces = digits.split(mark);
  if (pieces.length > 2) return mark === '.' ? ',' : '.';
  return /^[1-9]\d{0,2}$/.test(pieces[0] ?? '') && pieces[1]?.length === 3 ? 'either' : mark;
}
