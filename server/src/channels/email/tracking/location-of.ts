/**
 * A URL as a `Location` header can say it, leading byte for byte where its author wrote: what no header may hold is
 * percent-encoded as browsers do it, a host of other letters is in punycode, all else stands as it was written.
 */
export function locationOf(url: string): string {
  const [, scheme = '', authority = ''] = /^(https?:[\\/]{2})([^/?#\\]*)/i.exec(url) ?? [];
  const rest = url.slice(scheme.length + authority.length);
  return `${scheme}${hostOf(url, authority)}${rest.toWellFormed().replace(/[^\x21-\x7e]|["<>]/gu, encodeURIComponent)}`;
}

function hostOf(url: string, authority: string): string {
  if (/^[\x21-\x7e]*$/.test(authority)) return authority;
  const { username, password, host } = new URL(url);
  const credentials = username === '' ? '' : `${username}${password === '' ? '' : `:${password}`}@`;
  return `${credentials}${host}`;
}
