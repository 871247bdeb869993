import { createHmac, timingSafeEqual } from 'node:crypto';

interface Signed {
  /** As it was called: scheme, host, path and query. */
  readonly url: string;
  /** The fields of the form. */
  readonly params: Readonly<Record<string, string>>;
}

/** What Twilio writes into X-Twilio-Signature: HMAC-SHA1 of the address and the sorted fields, by the account's token. */
export function signatureOf(token: string, { url, params }: Signed): string {
  const fields = Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const text = `${url}${fields.map(([name, value]) => `${name}${value}`).join('')}`;
  return createHmac('sha1', token).update(text).digest('base64');
}

/** Compared in the same time whatever is wrong; no token signs nothing. */
export function isSigned(token: string, signature: string | undefined, signed: Signed): boolean {
  if (token === '' || signature === undefined) return false;
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(token, signed))];
  return given.length === right.length && timingSafeEqual(given, right);
}
