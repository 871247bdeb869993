import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { because, type Reason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { isInner, PrivateHost, reachHost } from '../../../connections/reach-host.ts';

/** What was asked for cannot be had; `again`: perhaps later. */
export class NotFetched extends Error {
  override readonly name = 'NotFetched';
  readonly reason: Reason;
  readonly again: boolean;

  constructor(reason: Reason, { again = false } = {}) {
    super(reasonText(reason));
    this.reason = reason;
    this.again = again;
  }
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

interface Fetching {
  readonly privateHosts: boolean;
  readonly limitBytes: number;
  readonly timeoutMs: number;
  /** Asked anew for each address on the way, so that no password follows a redirect to strangers. */
  readonly login?: ((url: URL) => Login | undefined) | undefined;
}

const MOST_REDIRECTS = 3;

/**
 * GET of an address that a stranger gave: only http and https, no private host, redirects looked at anew, the address that was
 * looked up is the one spoken to. Throws NotFetched; whoever reads the body limits it.
 */
export async function fetchGuarded(address: string, fetching: Fetching, hops = 0): Promise<Readable> {
  const url = parseUrl(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const answer = await get(url, await pinned(host, fetching), fetching);
  const status = answer.statusCode ?? 0;
  const { location } = answer.headers;
  if (status >= 300 && status < 400 && location !== undefined) {
    answer.destroy();
    if (hops === MOST_REDIRECTS) throw new NotFetched(because('recording-redirects'));
    return fetchGuarded(new URL(location, url).href, fetching, hops + 1);
  }
  if (status !== 200) {
    answer.destroy();
    if (status === 401 || status === 403) throw new NotFetched(because('recording-password'));
    // An exchange needs a moment until a recording is written.
    const again = status === 404 || status === 429 || status >= 500;
    throw new NotFetched(because('recording-status', { status }), { again });
  }
  if (Number(answer.headers['content-length'] ?? 0) > fetching.limitBytes) {
    answer.destroy();
    throw new NotFetched(tooLarge(fetching.limitBytes));
  }
  return answer;
}

function whyNot({ code, message }: NodeJS.ErrnoException, host: string): Reason {
  const isUnknown = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  return isUnknown ? because('recording-host', { host }) : because('recording-broken-off', { answer: message });
}

export const tooLarge = (limitBytes: number): Reason =>
  because('recording-too-large', { limit: Math.floor(limitBytes / 1_048_576) });

function parseUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new NotFetched(because('recording-address'));
  return url;
}

async function pinned(host: string, { privateHosts }: Fetching): Promise<string> {
  try {
    if (isIP(host) !== 0 && !privateHosts && isInner(host)) throw new PrivateHost(host);
    return await reachHost(host, { privateHosts });
  } catch (error) {
    if (error instanceof PrivateHost) throw new NotFetched(because('recording-private', { host }));
    throw new NotFetched(because('recording-host', { host }), { again: true });
  }
}

function get(url: URL, address: string, { timeoutMs, login }: Fetching): Promise<http.IncomingMessage> {
  const client = url.protocol === 'https:' ? https : http;
  const known = login?.(url);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const request = client.get(
      url,
      {
        host: address,
        ...(isIP(name) === 0 ? { servername: name } : {}),
        // What an address itself says of a user is sent by nobody.
        auth: known === undefined ? null : `${known.user}:${known.password}`,
        headers: { host: url.host, accept: 'audio/*, application/octet-stream;q=0.8, */*;q=0.5' },
        signal: AbortSignal.timeout(timeoutMs),
      },
      resolve,
    );
    request.on('error', (error: NodeJS.ErrnoException) => reject(new NotFetched(whyNot(error, name), { again: true })));
  });
}
