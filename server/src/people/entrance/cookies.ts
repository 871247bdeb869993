import type { Config } from '../../platform/config/config.ts';

type Place = Pick<Config, 'publicUrl'>;

export const isBehindTls = ({ publicUrl }: Place) => publicUrl.startsWith('https:');

/** What all our cookies are called by: behind https so that browsers take them from this very host alone, over TLS (RFC 6265bis). */
export const cookiePrefix = (place: Place) => (isBehindTls(place) ? '__Host-signalbox' : 'signalbox');

interface NewCookie {
  readonly name: string;
  readonly value: string;
  /** How long the browser keeps it; 0 forgets it. */
  readonly seconds: number;
}

/** The text of Set-Cookie. */
export function cookieOf(place: Place, { name, value, seconds }: NewCookie): string {
  const secure = isBehindTls(place) ? '; Secure' : '';
  return `${cookiePrefix(place)}.${name}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

/** Its value in what a browser has sent; undefined for one that is not there. */
export function readCookie(place: Place, name: string, sent = ''): string | undefined {
  const wanted = `${cookiePrefix(place)}.${name}=`;
  const found = sent.split(/; */).find((one) => one.startsWith(wanted));
  return found?.slice(wanted.length);
}
