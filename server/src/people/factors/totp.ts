import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Signalbox';
const PERIOD_SECONDS = 30;
/** Clocks of telephones go wrong by half a minute. */
const WINDOW = 1;

const of = (secret: string, label = '') =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });

/** A secret for an authenticator app (RFC 6238), as text to be typed and as the address that a QR code holds. */
export function newTotp(label: string): { readonly secret: string; readonly uri: string } {
  const secret = new Secret({ size: 20 }).base32;
  return { secret, uri: of(secret, label).toString() };
}

/** Which step of time a code of six digits belongs to: this one, the one before or the next; undefined for a wrong one. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const delta = of(secret).validate({ token: code.replace(/\s/g, ''), timestamp, window: WINDOW });
  return delta === null ? undefined : TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta;
}
