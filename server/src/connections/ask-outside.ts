import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isInner, PrivateHost, reachHost } from './reach-host.ts';

export interface AskOutside {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly privateHosts: boolean;
  /** For all of it, the answer's last byte included. */
  readonly timeoutMs: number;
  /** Of the answer's body; 0: nobody reads it. */
  readonly limitBytes: number;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** The body of the answer is larger than it may be. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** It took longer than it may, be it that a byte came now and then. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/**
 * One request to an address that somebody typed: no private host unless allowed, the address that was looked up is the one spoken to, no
 * redirect is followed. Throws PrivateHost, TooLarge, TooLate and what the network says.
 */
export async function askOutside(address: string, asking: AskOutside): Promise<OutsideAnswer> {
  const url = new URL(address);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0 && !asking.privateHosts && isInner(name)) throw new PrivateHost(name);
  const ended = AbortSignal.timeout(asking.timeoutMs);
  try {
    const host = await Promise.race([reachHost(name, asking), whenEnded(ended)]);
    return await request(url, { ...asking, host, name, ended });
  } catch (error) {
    throw ended.aborted ? new TooLate(`no answer within ${asking.timeoutMs} ms`) : error;
  }
}

function whenEnded(ended: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    ended.addEventListener('abort', () => reject(new TooLate('no answer of the name server')), { once: true });
  });
}

interface Pinned extends AskOutside {
  readonly host: string;
  readonly name: string;
  readonly ended: AbortSignal;
}

function request(url: URL, { method, headers, body, limitBytes, host, name, ended }: Pinned): Promise<OutsideAnswer> {
  const client = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const asked = client.request(url, {
      ...{ method, host, signal: ended, agent: false, auth: null },
      ...(isIP(name) === 0 ? { servername: name } : {}),
      headers: { ...headers, host: url.host, ...(body === null ? {} : { 'content-length': Buffer.byteLength(body) }) },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      const head = { status: answer.statusCode ?? 0, location: answer.headers.location ?? null };
      readBody(answer, limitBytes)
        .then((text) => resolve({ ...head, text }), reject)
        .finally(() => asked.destroy());
    });
    asked.end(body ?? undefined);
  });
}

async function readBody(answer: http.IncomingMessage, limitBytes: number): Promise<string> {
  if (limitBytes === 0) return '';
  if (Number(answer.headers['content-length'] ?? 0) > limitBytes) throw new TooLarge();
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of answer) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > limitBytes) throw new TooLarge();
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}
