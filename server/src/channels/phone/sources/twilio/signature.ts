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

/** Compared in the same time whatever is wrong; no token signs nothing. Some of Twilio's services sign the port of an address, some do not. */
export function isSigned(token: string, signature: string | undefined, { url, params }: Signed): boolean {
  if (token === '' || signature === undefined) return false;
  const given = Buffer.from(signature);
  const right = writings(url).map((one) => Buffer.from(signatureOf(token, { url: one, params })));
  return right.map((one) => given.length === one.length && timingSafeEqual(given, one)).includes(true);
}

const usualPorts: Readonly<Record<string, string>> = { https: '443', http: '80' };

// With the port and without it; the rest of the address stays as it was written.
function writings(url: string): string[] {
  const [, scheme = '', host = '', port, rest = ''] =
    /^(https?):\/\/(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?(.*)$/s.exec(url) ?? [];
  const other = port === undefined ? `:${usualPorts[scheme]}` : '';
  return scheme === '' ? [url] : [url, `${scheme}://${host}${other}${rest}`];
}
