import Holidays from 'date-holidays';

export interface Holiday {
  /** `2026-12-25` */
  readonly date: string;
  readonly name: string;
}

// A calendar that knows no other years has no holidays in them.
const FIRST_YEAR = 2020;
const LAST_YEAR = 2050;
const DAY_MS = 86_400_000;
const NOON_MS = DAY_MS / 2;

const known = new Map<string, readonly string[]>();

/** Every date on which nobody works in this country or region (`DE`, `DE-BY`); counted out once a process. */
export function holidayDates(country: string): readonly string[] {
  const dates = known.get(country) ?? datesOf(country);
  known.set(country, dates);
  return dates;
}

/** The public holidays of the twelve months from `from`, by name in the language, or in the country's own. */
export function nextHolidays(
  country: string,
  { from, language }: { readonly from: string; readonly language: string },
): Holiday[] {
  const year = Number(from.slice(0, 4));
  const until = `${year + 1}${from.slice(4)}`;
  return holidaysOf(country, { first: year, last: year + 1, language }).filter(
    ({ date }) => date >= from && date < until,
  );
}

export interface HolidayCountry {
  readonly code: string;
  /** Those that have days of their own, by their own names. */
  readonly regions: readonly { readonly code: string; readonly name: string }[];
}

export function holidayCountries(): HolidayCountry[] {
  const source = new Holidays();
  const codes = Object.keys(source.getCountries()).filter((code) => /^[A-Z]{2}$/.test(code));
  return codes.map((code) => ({ code, regions: regionsOf(source, code) }));
}

function regionsOf(source: Holidays, country: string): HolidayCountry['regions'] {
  // Undefined where there are none, whatever its type says.
  const states = Object.entries(source.getStates(country) ?? {});
  return states.flatMap(([code, name]) => (/^[A-Z0-9]{1,3}$/.test(code) ? [{ code: `${country}-${code}`, name }] : []));
}

function datesOf(country: string): readonly string[] {
  const holidays = holidaysOf(country, { first: FIRST_YEAR, last: LAST_YEAR, language: 'en' });
  return [...new Set(holidays.map(({ date }) => date))];
}

function holidaysOf(
  country: string,
  { first, last, language }: { readonly first: number; readonly last: number; readonly language: string },
): Holiday[] {
  const source = new Holidays(country, { types: ['public'], languages: [language] });
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return years
    .flatMap((year) => source.getHolidays(year))
    .flatMap(({ date, start, end, name }) =>
      daysOf(date, end.getTime() - start.getTime()).map((day) => ({ date: day, name })),
    )
    .sort((a, b) => a.date.localeCompare(b.date));
}

// Some last several days, some begin at sunset: those whose noon belongs to it are free.
function daysOf(wallStart: string, lengthMs: number): string[] {
  const start = Date.parse(`${wallStart.slice(0, 10)}T${wallStart.slice(11, 19)}Z`);
  const midnight = Date.parse(wallStart.slice(0, 10));
  return Array.from({ length: Math.ceil(lengthMs / DAY_MS) + 1 }, (_, index) => midnight + index * DAY_MS)
    .filter((day) => day + NOON_MS >= start && day + NOON_MS < start + lengthMs)
    .map((day) => new Date(day).toISOString().slice(0, 10));
}
