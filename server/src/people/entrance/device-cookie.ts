import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { loadSecrets } from '../../platform/config/secrets.ts';
import type { Context } from '../../platform/context.ts';
import { cookieOf, readCookie } from './cookies.ts';

const NAME = 'device';
const VALID_SECONDS = 180 * 86_400;

/** The browser in which somebody has signed in before: guesses of others do not keep it out, and it opens nothing by itself. */
export interface Devices {
  /** The name of the device, if its cookie was given for this address. */
  find(email: string, headers: IncomingHttpHeaders): string | undefined;
  /** The cookie for a browser that has just signed in. */
  cookieFor(email: string): string;
}

export function createDevices({ config }: Pick<Context, 'config'>): Devices {
  const key = loadSecrets(config.dataDir).keyFor('devices');
  const sign = (email: string, device: string) =>
    createHmac('sha256', key).update(`${device} ${email.toLowerCase()}`).digest();
  return {
    find(email, { cookie }) {
      const [, device, mark] = /^([\w-]{16,64})\.([\w-]{43})$/.exec(readCookie(config, NAME, cookie) ?? '') ?? [];
      if (device === undefined || mark === undefined) return undefined;
      const given = Buffer.from(mark, 'base64url');
      const expected = sign(email, device);
      return given.length === expected.length && timingSafeEqual(given, expected) ? device : undefined;
    },
    cookieFor(email) {
      const device = randomBytes(16).toString('base64url');
      const mark = sign(email, device).toString('base64url');
      return cookieOf(config, { name: NAME, value: `${device}.${mark}`, seconds: VALID_SECONDS });
    },
  };
}
