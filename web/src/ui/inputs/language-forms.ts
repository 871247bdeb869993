/** How a language writes numbers and days, and what is meant by what was typed. */

export interface NumberMarks {
  readonly decimal: string;
  readonly group: string;
}

/** The marks within numbers: `{ decimal: ',', group: '.' }` for `es`. */
export function numberMarks(language: string): NumberMarks {
  const parts = new Intl.NumberFormat(language, { useGrouping: 'always' }).formatToParts(12_345.5);
  const mark = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: mark('decimal'), group: mark('group').trim() === '' ? ' ' : mark('group') };
}

/**
 * The number that a text means, as JavaScript writes it; null when it is none or could be two. With both marks the later one parts the
 * decimals; a mark that stands more than once parts thousands, as does one before three digits where the language writes thousands so.
 */
export function readNumber(text: string, { decimal, group }: NumberMarks): string | null {
  const bare = text.replaceAll(/[\s'’]/g, '');
  if (!/^[-+−]?[\d.,]+$/.test(bare)) return null;
  const [dots, commas] = ['.', ','].map((mark) => bare.split(mark).length - 1);
  const last = bare.lastIndexOf('.') > bare.lastIndexOf(',') ? '.' : ',';
  const both = dots !== 0 && commas !== 0;
  const single = !both && (last === '.' ? dots : commas) === 1;
  const parting = both || (single && (last !== group || !/[.,]\d{3}$/.test(bare))) ? last : single ? decimal : '';
  const [whole = '', fraction, ...more] = parting === '' ? [bare] : bare.split(parting);
  if (more.length > 0) return null;
  const digits = whole.replaceAll(/[.,+]/g, '').replace('−', '-');
  if (!/\d/.test(digits) || (fraction !== undefined && !/^\d*$/.test(fraction))) return null;
  return fraction ? `${digits}.${fraction}` : digits;
}

const DAY_PARTS = { day: 'DD', month: 'MM', year: 'YYYY' } as const;
type DayPart = keyof typeof DAY_PARTS;
const isDayPart = (type: string): type is DayPart => type in DAY_PARTS;

const digitsOfDay = (language: string) =>
  new Intl.DateTimeFormat(language, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });

/** How the language writes a day in digits: `DD.MM.YYYY`. */
export const dayPattern = (language: string): string =>
  digitsOfDay(language)
    .formatToParts(new Date())
    .map(({ type, value }) => (isDayPart(type) ? DAY_PARTS[type] : value))
    .join('');

/** The day as the language writes it in digits; `day` is `2026-12-31`. */
export const writeDay = (day: string, language: string): string =>
  digitsOfDay(language).format(new Date(`${day}T00:00Z`));

/**
 * The day that a text means, as `2026-12-31`: digits in the language's order with anything between them, or year, month, day. A year of
 * two digits is of this century; 19 and 20 are so only when the typing is `over`, for four digits begin with them. Null for what is no day.
 */
export function readDay(text: string, language: string, over = false): string | null {
  const numbers = text
    .trim()
    .split(/[^\d]+/)
    .filter(Boolean);
  if (numbers.length !== 3 || /[a-z]/i.test(text)) return null;
  const order: readonly DayPart[] = numbers[0]?.length === 4 ? ['year', 'month', 'day'] : orderOf(language);
  const [day = '', month = '', year = ''] = (['day', 'month', 'year'] as const).map(
    (part) => numbers[order.indexOf(part)],
  );
  if (
    day.length > 2 ||
    month.length > 2 ||
    !(year.length === 4 || (year.length === 2 && (over || !/^(19|20)$/.test(year))))
  )
    return null;
  const date = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(date) ? date : null;
}

const orderOf = (language: string): readonly DayPart[] =>
  digitsOfDay(language)
    .formatToParts(new Date())
    .map(({ type }) => type)
    .filter(isDayPart);

function isDay(date: string): boolean {
  const at = new Date(`${date}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}

/** The time of day that a text means, as `17:05`: `17:05`, `17.05`, `1705`, `17`, `5 pm`. Null for what is none. */
export function readTime(text: string): string | null {
  const parts = /^(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*([ap])?\.?\s*m?\.?$/i.exec(text.trim());
  if (parts === null) return null;
  const [, given = '', minute = '00', half] = parts;
  const isHalf = half !== undefined;
  if (isHalf && (Number(given) < 1 || Number(given) > 12)) return null;
  const hour = isHalf ? (Number(given) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(given);
  return hour < 24 && Number(minute) < 60 ? `${String(hour).padStart(2, '0')}:${minute}` : null;
}

/** The time as the language writes it; `time` is `17:05`. */
export const writeTime = (time: string, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`2026-01-01T${time}Z`));

/** Sunday or Monday. Not every browser tells it. */
export const weekBegins = (language: string): 0 | 1 =>
  /^(en-(US|CA|AU|IN|ZA)|pt-BR|es-(MX|CO|PE|VE))$/.test(language) ? 0 : 1;
