import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { S3mini } from 's3mini';
import { type Storage, StorageAway } from './storage.ts';

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
    async open(key) {
      const answer = await reach(client.getObjectResponse(key));
      return answer?.body ? Readable.from(chunksOf(answer.body.getReader()), { objectMode: false }) : undefined;
    },
    async remove(key) {
      await reach(client.deleteObject(key));
    },
  };
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
