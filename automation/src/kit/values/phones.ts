import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { parseLanguage, tongues } from '../words/languages.ts';
import { normalText } from './normal-form.ts';

export type { CountryCode };

/** Where phone numbers without a country code belong: guessed from the time zone, then from the language. */
export function guessCountry({ timeZone, language }: { timeZone: string; language: string }): CountryCode | undefined {
  return byTimeZone[timeZone] ?? tongues[parseLanguage(language)].country ?? undefined;
}

interface PhoneNumber {
  /** E.164. */
  readonly number: string;
  /** Without the code of the country and without a 0 before it. */
  readonly nationalNumber: string;
  readonly extension: string | undefined;
  /** Undefined: of no one country. */
  readonly country: CountryCode | undefined;
}

/** Undefined when it is no telephone number of the world's; one without a country code is of the given country. */
export function readPhoneNumber(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const plain = normalText(text)
    .replace(/^(?:tel|callto|sms):/i, '')
    .replace(/^00/, '+')
    // What is dialled at home and never from abroad.
    .replace(/^(\+[\d\s.-]{1,6})\(0\)/, '$1');
  if (plain.length > LONGEST) return undefined;
  const parsed = parsePhoneNumberFromString(plain, country);
  if (parsed?.isPossible() !== true) return undefined;
  const { number, nationalNumber, ext, country: own } = parsed;
  return { number, nationalNumber, extension: ext, country: own };
}

/** E.164; what is no telephone number keeps its digits (semantics.md 2.3, 6). */
export function normalPhone(text: string, country: CountryCode | undefined): string {
  return readPhoneNumber(text, country)?.number ?? digitsOf(text);
}

/** The digits, with a + before them if the code of a country follows. */
export function digitsOf(text: string): string {
  const digits = normalText(text).replace(/[^\d+]/g, '');
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

/** Signs of a telephone number and nothing else, three digits of them at least; a day is none. */
export function looksLikePhone(text: string): boolean {
  return likePhone.test(text) && !/^\d{4}-\d{2}-\d{2}$/.test(text) && /\d\D*\d\D*\d/.test(text);
}

const LONGEST = 60;
const likePhone = /^(?:(?:tel|callto|sms):)?[\d\s+()./-]+(?:(?:;ext=|\s?ext\.?\s?|\s?x\s?)\d+)?$/i;

const byTimeZone: Readonly<Record<string, CountryCode>> = {
  'Europe/Warsaw': 'PL',
  'Europe/Madrid': 'ES',
  'Europe/Rome': 'IT',
  'Europe/Lisbon': 'PT',
  'Europe/London': 'GB',
  'Europe/Dublin': 'IE',
  'Europe/Berlin': 'DE',
  'Europe/Vienna': 'AT',
  'Europe/Zurich': 'CH',
  'Europe/Paris': 'FR',
  'Europe/Brussels': 'BE',
  'Europe/Amsterdam': 'NL',
  'Europe/Prague': 'CZ',
  'Europe/Bratislava': 'SK',
  'Europe/Budapest': 'HU',
  'Europe/Vilnius': 'LT',
  'Europe/Riga': 'LV',
  'Europe/Tallinn': 'EE',
  'Europe/Kyiv': 'UA',
  'Europe/Bucharest': 'RO',
  'Europe/Sofia': 'BG',
  'Europe/Athens': 'GR',
  'Europe/Stockholm': 'SE',
  'Europe/Oslo': 'NO',
  'Europe/Copenhagen': 'DK',
  'Europe/Helsinki': 'FI',
  'America/Sao_Paulo': 'BR',
  'America/Mexico_City': 'MX',
  'America/Argentina/Buenos_Aires': 'AR',
  'America/Bogota': 'CO',
  'America/Santiago': 'CL',
  'America/Lima': 'PE',
  'America/New_York': 'US',
  'America/Chicago': 'US',
  'America/Denver': 'US',
  'America/Los_Angeles': 'US',
  'America/Toronto': 'CA',
  'Australia/Sydney': 'AU',
  'Asia/Kolkata': 'IN',
};
