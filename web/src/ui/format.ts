import { useTranslation } from 'react-i18next';

/** An amount in its currency, by the user's locale; no cents when there are none. */
export function formatMoney(amount: number, currency: string, language: string): string {
  const whole = Number.isInteger(amount);
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: whole ? 0 : 2,
  }).format(amount);
}

export const formatNumber = (value: number, language: string) => new Intl.NumberFormat(language).format(value);

export const formatDate = (at: Date, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);

export const formatMoment = (at: Date, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

export const formatTime = (at: Date, language: string) =>
  new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at);

const steps = [
  { unit: 'minute', seconds: 60, until: 3600 },
  { unit: 'hour', seconds: 3600, until: 86_400 },
  { unit: 'day', seconds: 86_400, until: 7 * 86_400 },
] as const;

/** "2 min ago", "in 3 hours"; a date when it is more than a week away. */
export function formatRelative(at: Date, now: Date, language: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
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
    money: (amount: number, currency: string) => formatMoney(amount, currency, language),
    number: (value: number) => formatNumber(value, language),
    date: (at: string) => formatDate(new Date(at), language),
    moment: (at: string) => formatMoment(new Date(at), language),
    time: (at: string) => formatTime(new Date(at), language),
    relative: (at: string, now: Date) => formatRelative(new Date(at), now, language),
  };
}
