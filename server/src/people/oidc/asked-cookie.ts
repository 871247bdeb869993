import { z } from 'zod';
import type { Config } from '../../platform/config/config.ts';
import { openVault } from '../../platform/config/vault.ts';
import { cookieOf, readCookie } from '../entrance/cookies.ts';

const NAME = 'oidc';
const PURPOSE = 'oidc';
const VALID_SECONDS = 300;

const kept = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  anew: z.boolean(),
  /** The session that is confirmed, and goes on; without it one begins. */
  confirms: z.string().optional(),
  next: z.string(),
  until: z.number(),
});
export type Kept = Omit<z.infer<typeof kept>, 'until'>;

type Place = Pick<Config, 'dataDir' | 'publicUrl'>;

/** What a browser keeps while it is at the issuer, sealed: nobody else's answer fits to it. */
export function keepAsked(place: Place, asked: Kept, now: Date): string {
  const text = JSON.stringify({ ...asked, until: now.getTime() + VALID_SECONDS * 1_000 });
  const sealed = Buffer.from(openVault(place.dataDir).seal(text, PURPOSE)).toString('base64url');
  return cookieOf(place, { name: NAME, value: sealed, seconds: VALID_SECONDS });
}

export const forgetAsked = (place: Place) => cookieOf(place, { name: NAME, value: '', seconds: 0 });

/** Undefined for none, a forged one and one that is too old. */
export function readAsked(place: Place, cookie: string | undefined, now: Date): Kept | undefined {
  const sealed = readCookie(place, NAME, cookie);
  if (sealed === undefined) return undefined;
  try {
    const text = Buffer.from(sealed, 'base64url').toString();
    // A text that is not sealed would be answered as it is.
    if (!text.startsWith('sealed:')) return undefined;
    const { until, ...asked } = kept.parse(JSON.parse(openVault(place.dataDir).unseal(text, PURPOSE)));
    return until >= now.getTime() ? asked : undefined;
  } catch {
    return undefined;
  }
}
