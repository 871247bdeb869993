import { useTranslation } from 'react-i18next';

/** An amount in its currency, by the user's locale; no cents when there are none. */
export function formatMoney(amount: number, currency: string, language: string): string {
  // Intl throws on what is no code; a value that was stored long ago takes no page with it.
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${formatNumber(amount, language)} ${currency}`;
  // What was kept with cents of a currency without any is not rounded away.
  const digits = Number.isInteger(amount) ? 0 : decimalsOf(currency) || MOST_DECIMALS;
  return moneyIn(language, currency, digits).format(amount);
}

/** Digits that are kept of an amount. */
const MOST_DECIMALS = 2;

/** How many digits behind the mark amounts of a currency have, of those that are kept: none of JPY. */
export function decimalsOf(currency: string): number {
  if (!/^[A-Za-z]{3}$/.test(currency)) return MOST_DECIMALS;
  return Math.min(centsOf(currency), MOST_DECIMALS);
}

export const formatNumber = (value: number, language: string) => numberIn(language).format(value);
export const formatDate = (at: Date, language: string) => dateIn(language).format(at);
export const formatMoment = (at: Date, language: string) => momentIn(language).format(at);
export const formatTime = (at: Date, language: string) => timeIn(language).format(at);

const moneyIn = once(
  (language: string, currency: string, digits: number) =>
    new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
);
const centsOf = once(
  (currency: string) =>
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    MOST_DECIMALS,
);
// All the digits that somebody wrote: a rate of 4.3125 is not 4.313.
const numberIn = once((language: string) => new Intl.NumberFormat(language, { maximumFractionDigits: 12 }));
const dateIn = once((language: string) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }));
const momentIn = once(
  (language: string) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
);
const timeIn = once((language: string) => new Intl.DateTimeFormat(language, { timeStyle: 'short' }));
const relativeIn = once(
  (language: string) => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }),
);

// Making a formatter takes a hundred times as long as using it, and a board uses hundreds.
function once<Key extends (string | number)[], Made>(make: (...key: Key) => Made): (...key: Key) => Made {
  const made = new Map<string, Made>();
  return (...key) => {
    const name = key.join(' ');
    const known = made.get(name) ?? make(...key);
    made.set(name, known);
    return known;
  };
}

const steps = [
  { unit: 'minute', seconds: 60, until: 3600 },
  { unit: 'hour', seconds: 3600, until: 86_400 },
  { unit: 'day', seconds: 86_400, until: 7 * 86_400 },
] as const;

/** "2 min ago", "in 3 hours"; a date when it is more than a week away. */
export function formatRelative(at: Date, now: Date, language: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const relative = relativeIn(language);
  if (Math.abs(seconds) < 45) return relative.format(0, 'second');

  const step = steps.find(({ until }) => Math.abs(seconds) < until);
  return step ? relative.format(Math.round(seconds / step.seconds), step.unit) : formatDate(at, language);
}

// "en" is written differently in London and in New York; the browser knows which is meant.
const localeOf = (language: string) =>
  navigator.languages.find((tag) => tag.split('-')[0] === language && isLocale(tag)) ?? language;

// Some systems hand on the name of their C locale, such as en-US@posix, which Intl throws on.
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

/** The formatters bound to the language on screen. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language = localeOf(i18n.language);
  return {
    /** As Intl knows it: `en-GB`. */
    language,
    money: (amount: number, currency: string) => formatMoney(amount, currency, language),
    number: (value: number) => formatNumber(value, language),
    date: (at: string) => shown(at, (moment) => formatDate(moment, language)),
    moment: (at: string) => shown(at, (moment) => formatMoment(moment, language)),
    time: (at: string) => shown(at, (moment) => formatTime(moment, language)),
    relative: (at: string, now: Date) => shown(at, (moment) => formatRelative(moment, now, language)),
  };
}

/** What is no moment is shown as it was written: Intl throws on it. */
export function shown(at: string, format: (moment: Date) => string): string {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? at : format(moment);
}
