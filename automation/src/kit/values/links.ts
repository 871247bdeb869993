import { normalText, normalUrlText, onceWhenLong, readableHost, readLabels } from './normal-form.ts';

/**
 * Whether a link pattern covers an address (triggers.md, `email/link-clicked`). `*` stands for any text; in a host, before a path, for
 * any text of the host. Campaign tools append a query and the manager typed the address without one: query, fragment and trailing
 * slash only count when the pattern has them; the host's case never does, and neither does the spelling: punycode or letters,
 * percent-encoded or not (semantics.md 6). `/offer/*` covers `/offer` too, `?id=7` what campaign tools add to it, and a star that stands
 * before the first slash alone any beginning.
 */
export function covers(pattern: string, url: string): boolean {
  const wanted = split(pattern);
  const got = split(url);
  const fits = (piece: string, text: string) => piece === '' || matchesGlob(piece, text);
  return (
    fits(wanted.scheme, got.scheme) &&
    coversPlace(wanted, got) &&
    (fits(wanted.query, got.query) || matchesGlob(`${wanted.query}&*`, got.query)) &&
    fits(wanted.fragment, got.fragment)
  );
}

/** `shop.example*` and `*.pdf` say nothing of where the host ends. */
function coversPlace(wanted: Parts, got: Parts): boolean {
  if (wanted.path === '' && wanted.host.includes('*'))
    return [got.host, got.host + withoutSlash(got.path), got.host + got.path].some((text) =>
      matchesGlob(wanted.host, text),
    );
  if (wanted.host === '*' && wanted.scheme === '') return coversPath(`*${wanted.path}`, got.path);
  return matchesGlob(wanted.host, got.host) && coversPath(wanted.path, got.path);
}

function coversPath(wanted: string, got: string): boolean {
  if (wanted.endsWith('*')) return matchesGlob(wanted, got) || matchesGlob(wanted, `${got}/`);
  return matchesGlob(wanted, wanted.endsWith('/') ? got : withoutSlash(got));
}

/**
 * An address of the web in the one form in which addresses are compared (semantics.md 6): the letters that punycode and percent-encoding
 * stand for, small ones in scheme and host, a slash after the host, no usual port. What is no such address is a text like others.
 */
export const normalLink = onceWhenLong((text) => {
  const plain = normalText(text);
  if (!/^(?:https?:\/\/)?[^\s/?#]+\.\S/i.test(plain)) return plain;
  const { scheme, host, path, query, fragment } = split(plain);
  return `${scheme === '' ? 'https://' : scheme}${host}${path === '' ? '/' : path}${query}${fragment}`;
});

/** A piece of such an address, spelled as `normalLink` spells the whole. */
export function pieceOfLink(text: string): string {
  const plain = readLabels(normalText(text));
  const [, scheme = '', rest = plain] = /^([a-z]+:\/\/)(.*)$/i.exec(plain) ?? [];
  return scheme.toLowerCase() + normalUrlText(rest);
}

interface Parts {
  /** With its `://`, or empty. */
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
  /** With its `#`, or empty. */
  readonly fragment: string;
}

function split(address: string): Parts {
  const text = address.trim().replace(/^\*:\/\//, '');
  const found = /^([a-z*][a-z0-9+.*-]*:\/\/)?([^/?#\\]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(text);
  const [, scheme = '', host = '', path = '', query = '', fragment = ''] = found ?? [];
  const lower = scheme.toLowerCase();
  return {
    scheme: lower,
    host: withoutPort(readableHost(host), lower),
    path: path === '/' ? '' : normalUrlText(path),
    query: query === '?' ? '' : normalUrlText(query),
    fragment: fragment === '#' ? '' : normalUrlText(fragment),
  };
}

function withoutPort(host: string, scheme: string): string {
  const port = scheme === 'https://' ? ':443' : ':80';
  return host.endsWith(port) ? host.slice(0, -port.length) : host;
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

// Linear in practice, quadratic at worst: a pattern of a user never becomes a regular expression.
function matchesGlob(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!text.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
