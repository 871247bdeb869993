import { type CountryCode, normalPhone } from '@signalbox/automation/kit/values/phones.ts';

const withheld = /^(anonymous|unknown|unavailable|private|restricted|withheld|blocked|<unavailable>|asterisk|-)$/i;
/** The most that a telephone number may have (E.164). */
const MOST_DIGITS = 15;

/** E.164, or the digits of a short number; null: withheld, or nothing that could be called. */
export function partyOf(said: string | null | undefined, country: CountryCode | undefined): string | null {
  const text = (said ?? '').trim();
  if (text.length > 200) return null;
  // sip:+48221234567@exchange;user=phone
  const number = /^(?:sips?|tel):([^@;]*)/i.exec(text)?.[1] ?? text;
  if (withheld.test(number)) return null;
  const normal = normalPhone(number, country);
  const digits = normal.replace(/\D/g, '').length;
  return digits === 0 || digits > MOST_DIGITS ? null : normal;
}
