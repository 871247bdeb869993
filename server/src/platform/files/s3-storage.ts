import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { S3mini } from 's3mini';
import { type Part, type Storage, StorageAway } from './storage.ts';

const TIMEOUT_MS = 120_000;

/** `https://key:secret@host/bucket/folder?region=eu-central-1`; the bucket is there already. */
export function createS3Storage(s3Url: string): Storage {
  const url = new URL(s3Url);
  const client = new S3mini({
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    endpoint: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    requestAbortTimeout: TIMEOUT_MS,
  });
  return {
    async put(key, { path, size }) {
      // A blob of a file is read as it is sent, and has a length, without which S3 takes nothing.
      const blob = await openAsBlob(path);
      const answer = await reach(client.putObject(key, blob, 'application/octet-stream', undefined, undefined, size));
      await answer.body?.cancel();
    },
    async open(key, part) {
      const answer = await reach(part === undefined ? client.getObjectResponse(key) : partOf(client, key, part));
      if (!answer?.body) return undefined;
      const chunks = chunksOf(answer.body.getReader());
      // A store that knows no parts sends the whole.
      const isWhole = part !== undefined && answer.status === 200;
      return Readable.from(isWhole ? within(chunks, part) : chunks, { objectMode: false });
    },
    async remove(key) {
      await reach(client.deleteObject(key));
    },
  };
}

/** Null when it is gone, as for a whole one. */
async function partOf(client: S3mini, key: string, { start, end }: Part): Promise<Response | null> {
  try {
    return await client.getObjectRaw(key, false, start, end + 1);
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return null;
    throw error;
  }
}

// Its certificate has ended, it is away, it refuses our key: nothing is wrong with the file.
async function reach<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw new StorageAway(error);
  }
}

// Not Readable.fromWeb: it takes Node's own stream type alone, and the benches read these files with a browser's types.
async function* chunksOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

async function* within(chunks: AsyncIterable<Uint8Array>, { start, end }: Part): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of chunks) {
    const bytes = chunk.subarray(Math.max(start - at, 0), Math.max(end + 1 - at, 0));
    at += chunk.length;
    if (bytes.length > 0) yield bytes;
    if (at > end) return;
  }
}
