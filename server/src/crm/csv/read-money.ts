export type DecimalMark = '.' | ',';

export interface ReadAmount {
  /** Decimal text: `-3500.5` */
  readonly amount: string;
  /** Undefined when none is written. */
  readonly currency: string | undefined;
}

const symbols: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  zł: 'PLN',
  zl: 'PLN',
  r$: 'BRL',
  '₽': 'RUB',
  '₴': 'UAH',
  '₹': 'INR',
  '¥': 'JPY',
};

const shape =
  /^(\(|-)?\s*([^\d\s().,+-]{0,4})\s*([-+])?\s*(\d[\d.,'’\s]*|[.,]\d+)\s*(-)?\s*([^\d\s().,+-]{0,4})\s*(\))?$/u;

/** `€ 3.500,00`, `1 234,5 zł`, `(12.00)`, `USD 1,200`; undefined: no number. */
export function readMoney(text: string, decimal: DecimalMark = '.'): ReadAmount | undefined {
  const match = shape.exec(text.replace(/[\u00a0\u202f\u2009]/g, ' ').trim());
  if (match === null) return undefined;
  const [, open, before = '', sign, digits = '', trailing, behind = ''] = match;
  const currency = currencyOf(before || behind);
  if (currency === null) return undefined;
  const plain = toPlain(digits.replace(/['’\s]/g, ''), decimal);
  if (plain === undefined) return undefined;
  const negative = open !== undefined || sign === '-' || trailing !== undefined;
  return { amount: `${negative && Number(plain) !== 0 ? '-' : ''}${plain}`, currency };
}

/** A number without a currency. */
export function readNumber(text: string, decimal: DecimalMark = '.'): number | undefined {
  const read = readMoney(text.replace(/%$/, ''), decimal);
  if (read === undefined || read.currency !== undefined) return undefined;
  const value = Number(read.amount);
  return Number.isSafeInteger(Math.trunc(value)) ? value : undefined;
}

/** Which mark the column's own clear cases use; `1,234` alone tells nothing. */
export function guessDecimalMark(values: readonly string[]): DecimalMark {
  const count = (pattern: RegExp) => values.filter((value) => pattern.test(value)).length;
  const commas = count(/\.\d{3},|(^|\D)\d+,(\d{1,2}|\d{4,})(?!\d)/);
  const points = count(/,\d{3}\.|(^|\D)\d+\.(\d{1,2}|\d{4,})(?!\d)/);
  return commas > points ? ',' : '.';
}

function currencyOf(mark: string): string | undefined | null {
  if (mark === '') return undefined;
  const known = symbols[mark.toLowerCase()];
  if (known !== undefined) return known;
  return /^[A-Za-z]{3}$/.test(mark) ? mark.toUpperCase() : null;
}

function toPlain(digits: string, decimal: DecimalMark): string | undefined {
  const mark = decimalMarkOf(digits, decimal);
  const thousands = mark === ',' ? '.' : ',';
  const [whole = '', fraction, more] = mark === undefined ? [digits.replace(/[.,]/g, '')] : digits.split(mark);
  if (more !== undefined || fraction?.includes(thousands)) return undefined;
  const joined = whole.replaceAll(thousands, '');
  if (!/^\d{0,15}$/.test(joined) || (joined === '' && !fraction)) return undefined;
  const trimmed = joined.replace(/^0+(?=\d)/, '') || '0';
  return fraction === undefined || fraction === '' ? trimmed : `${trimmed}.${fraction}`;
}

// With both marks the last one is the decimal one; one mark repeated groups thousands; a single one before three digits is
// told by the column.
function decimalMarkOf(digits: string, decimal: DecimalMark): DecimalMark | undefined {
  const [point, comma] = [digits.lastIndexOf('.'), digits.lastIndexOf(',')];
  if (point >= 0 && comma >= 0) return point > comma ? '.' : ',';
  const mark = point >= 0 ? '.' : ',';
  const pieces = digits.split(mark);
  if (pieces.length === 1 || pieces.length > 2) return undefined;
  const isAmbiguous = /^[1-9]\d{0,2}$/.test(pieces[0] ?? '') && pieces[1]?.length === 3;
  return isAmbiguous && mark !== decimal ? undefined : mark;
}
