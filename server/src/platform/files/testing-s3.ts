import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { z } from 'zod';
import type { Certified } from '../net/testing-certificates.ts';

export interface SignedParts {
  readonly method: string;
  readonly path: string;
  /** Sorted and encoded. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signedHeaders: readonly string[];
  readonly secret: string;
  readonly region: string;
}

/** AWS Signature Version 4 as its documentation says it, written apart from the client that it checks. */
export function signatureOf({ method, path, query, headers, signedHeaders, secret, region }: SignedParts): string {
  const stamp = headers['x-amz-date'] ?? '';
  const day = stamp.slice(0, 8);
  const named = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const request = [method, path, query, named, signedHeaders.join(';'), headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', stamp, scope, createHash('sha256').update(request).digest('hex')].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

export interface S3Peer {
  readonly port: number;
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** Answered instead of the next request. */
  failNext(status: number): void;
  /** From now on the whole is sent to whoever asks for a part. */
  forgetParts(): void;
  close(): Promise<void>;
}

/** A small S3: objects by path, 403 for a wrong signature, 411 without a length, as the real one. By HTTPS with a certificate. */
export async function startS3({
  key,
  secret,
  region,
  certified,
  port: wantedPort = 0,
}: {
  key: string;
  secret: string;
  region: string;
  certified?: Certified;
  port?: number;
}): Promise<S3Peer> {
  const objects = new Map<string, Buffer>();
  let failing: number | undefined;
  let knowsParts = true;
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { pathname } = new URL(request.url ?? '/', 'http://s3');
    const status = failing ?? refusal(request, { pathname, key, secret, region });
    failing = undefined;
    if (status !== undefined) return void response.writeHead(status).end();
    const range = knowsParts ? (request.headers.range ?? '') : '';
    answers[request.method ?? '']?.({ objects, pathname, bytes: Buffer.concat(chunks), range }, response);
  };
  const server = certified === undefined ? http.createServer(answer) : https.createServer(certified, answer);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(wantedPort, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    objects,
    port,
    url: `${certified === undefined ? 'http' : 'https'}://${encodeURIComponent(key)}:${encodeURIComponent(secret)}@${certified === undefined ? '127.0.0.1' : 'localhost'}:${port}/bucket/files?region=${region}`,
    failNext(code) {
      failing = code;
    },
    forgetParts() {
      knowsParts = false;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface Asked {
  readonly objects: Map<string, Buffer>;
  readonly pathname: string;
  readonly bytes: Buffer;
  readonly range: string;
}

const answers: Readonly<Record<string, (asked: Asked, response: http.ServerResponse) => void>> = {
  PUT({ objects, pathname, bytes }, response) {
    objects.set(pathname, bytes);
    response.writeHead(200, { etag: '"x"' }).end();
  },
  GET({ objects, pathname, range }, response) {
    const found = objects.get(pathname);
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    if (found === undefined || from === undefined) response.writeHead(found === undefined ? 404 : 200).end(found);
    else response.writeHead(206).end(found.subarray(Number(from), Number(to) + 1));
  },
  DELETE({ objects, pathname }, response) {
    objects.delete(pathname);
    response.writeHead(204).end();
  },
};

interface Known {
  readonly pathname: string;
  readonly key: string;
  readonly secret: string;
  readonly region: string;
}

function refusal({ method = '', headers }: http.IncomingMessage, { pathname, key, secret, region }: Known) {
  if (method === 'PUT' && headers['content-length'] === undefined) return 411;
  const said =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})/.exec(
      headers.authorization ?? '',
    );
  if (said === null || said[1] !== key || said[2] !== region) return 403;
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const signedHeaders = (said[3] ?? '').split(';');
  if (!['host', 'x-amz-date', 'x-amz-content-sha256'].every((name) => signedHeaders.includes(name))) return 403;
  const parts = { method, path: pathname, query: '', headers: plain, signedHeaders, secret, region };
  return signatureOf(parts) === said[4] ? undefined : 403;
}
