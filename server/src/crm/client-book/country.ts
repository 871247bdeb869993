import { parseLanguage, tongues } from '@signalbox/automation/kit/words/languages.ts';
import type { CountryCode } from 'libphonenumber-js';
import { getWorkspace } from '../../people/workspaces.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** The workspace's own, as far as it can be guessed. */
export async function loadCountry(tx: Tx): Promise<CountryCode | undefined> {
  return guessCountry(await getWorkspace(tx, workspaceOf(tx)));
}

/** Where phone numbers without a country code belong: guessed from the time zone, then from the language. */
export function guessCountry({ timeZone, language }: { timeZone: string; language: string }): CountryCode | undefined {
  return byTimeZone[timeZone] ?? tongues[parseLanguage(language)].country ?? undefined;
}

/** How people of the workspace write: the tag of its language, in its country where that can be guessed. */
export function guessLocale(workspace: { timeZone: string; language: string }): string {
  const country = guessCountry(workspace);
  if (country !== undefined) return `${workspace.language}-${country}`;
  // Most of the world that writes English puts the day first.
  return workspace.language === 'en' ? 'en-GB' : workspace.language;
}

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
