import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isInner, PrivateHost, reachHost } from '../../../../connections/reach-host.ts';

interface Asking {
  readonly user: string;
  readonly password: string;
  readonly privateHosts: boolean;
  /** Posted as a form; without, the address is read. */
  readonly fields?: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 15_000;
const MOST_ANSWER = 65_536;

/**
 * Asks an address of the settings with a password: no private host unless allowed, the address that was looked up is the one spoken
 * to, no redirect is followed. Throws PrivateHost and what the network says.
 */
export async function askApi(
  address: string,
  { user, password, privateHosts, fields }: Asking,
): Promise<{ status: number; text: string }> {
  const url = new URL(address);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0 && !privateHosts && isInner(name)) throw new PrivateHost(name);
  const host = await reachHost(name, { privateHosts });
  const body = fields === undefined ? '' : new URLSearchParams(fields).toString();
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
  const client = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.request(url, {
      ...{ method: fields === undefined ? 'GET' : 'POST', host, auth: `${user}:${password}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(isIP(name) === 0 ? { servername: name } : {}),
      headers: { host: url.host, ...(fields === undefined ? {} : form) },
    });
    request.on('error', reject);
    request.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece: string) => {
        text = `${text}${piece}`.slice(0, MOST_ANSWER);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on('error', reject);
    });
    request.end(body);
  });
}
