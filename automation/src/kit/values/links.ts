/**
 * Whether a link pattern covers an address (triggers.md, `email/link-clicked`). `*` stands for any text. Campaign tools
 * append a query and the manager typed the address without one: query, fragment and trailing slash only count when the
 * pattern has them; the host's case never does.
 */
export function covers(pattern: string, url: string): boolean {
  const wanted = normalise(split(pattern));
  const got = normalise(split(url));
  const scheme = wanted.scheme === '' ? '' : got.scheme;
  const query = wanted.query === '' ? '' : got.query;
  const fragment = wanted.fragment === '' ? '' : got.fragment;
  const path = wanted.path.endsWith('/') || wanted.path.endsWith('*') ? got.path : withoutSlash(got.path);
  return matchesGlob(
    wanted.scheme + wanted.host + wanted.path + wanted.query + wanted.fragment,
    scheme + got.host + path + query + fragment,
  );
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
  const found = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(address.trim());
  const [, scheme = '', host = '', path = '', query = '', fragment = ''] = found ?? [];
  return { scheme, host, path, query, fragment };
}

function normalise({ scheme, host, path, query, fragment }: Parts): Parts {
  const lower = scheme.toLowerCase();
  const port = lower === 'https://' ? ':443' : ':80';
  const name = host.toLowerCase();
  const bare = name.endsWith(port) ? name.slice(0, -port.length) : name;
  return {
    scheme: lower,
    host: bare,
    path: path === '/' ? '' : path,
    query: query === '?' ? '' : query,
    fragment: fragment === '#' ? '' : fragment,
  };
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
