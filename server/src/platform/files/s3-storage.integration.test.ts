import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createS3Storage } from './s3-storage.ts';
import type { Received } from './storage.ts';
import { type S3Peer, signatureOf, startS3 } from './testing-s3.ts';

const keys = { key: 'AKIAEXAMPLE', secret: 'se/cr+et==', region: 'eu-central-1' };

let peer: S3Peer;
let folder: string;
beforeEach(async () => {
  peer = await startS3(keys);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-s3-'));
});
afterEach(async () => {
  await peer.close();
  fs.rmSync(folder, { recursive: true });
});

function received(bytes: Buffer): Received {
  const place = path.join(folder, 'incoming');
  fs.writeFileSync(place, bytes);
  return { path: place, size: bytes.length, sha256: '' };
}

describe('the peer that checks signatures', () => {
  // The example "GET Object" of the documentation of Signature Version 4.
  it('knows the documented signature', () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const signature = signatureOf({
      ...{ method: 'GET', path: '/test.txt', query: '', region: 'us-east-1' },
      secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      signedHeaders: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'],
      headers: {
        ...{ host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9' },
        ...{ 'x-amz-content-sha256': empty, 'x-amz-date': '20130524T000000Z' },
      },
    });
    expect(signature).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  });
});

describe('files in S3', () => {
  it('come back as they went, below the folder of the bucket', async () => {
    const storage = createS3Storage(peer.url);
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 11) % 256));
    await storage.put('0123-abcd', received(bytes));
    expect([...peer.objects.keys()]).toEqual(['/bucket/files/0123-abcd']);
    const stream = await storage.open('0123-abcd');
    expect(stream && (await buffer(stream)).equals(bytes)).toBe(true);
  });

  it.each(['a store that knows parts', 'one that sends the whole'])('are read from any place on: %s', async (store) => {
    const storage = createS3Storage(peer.url);
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 11) % 256));
    await storage.put('0123-abcd', received(bytes));
    if (store === 'one that sends the whole') peer.forgetParts();
    const stream = await storage.open('0123-abcd', { start: 200_001, end: 200_100 });
    expect(stream && (await buffer(stream)).equals(bytes.subarray(200_001, 200_101))).toBe(true);
    expect(await storage.open('gone-abcd', { start: 0, end: 1 })).toBeUndefined();
  });

  it('may be empty', async () => {
    const storage = createS3Storage(peer.url);
    await storage.put('0123-abcd', received(Buffer.alloc(0)));
    expect(peer.objects.get('/bucket/files/0123-abcd')?.length).toBe(0);
  });

  it('are gone when they are removed, twice too', async () => {
    const storage = createS3Storage(peer.url);
    await storage.put('0123-abcd', received(Buffer.from('x')));
    await storage.remove('0123-abcd');
    await storage.remove('0123-abcd');
    expect(await storage.open('0123-abcd')).toBeUndefined();
  });

  it('are not there for a wrong secret, and the mistake is told', async () => {
    const storage = createS3Storage(peer.url.replace(encodeURIComponent(keys.secret), 'guess'));
    await expect(storage.put('0123-abcd', received(Buffer.from('x')))).rejects.toThrow(/403/);
    expect(peer.objects.size).toBe(0);
  });

  it('are not taken for lost when the storage is away for a moment', async () => {
    const storage = createS3Storage(peer.url);
    await storage.put('0123-abcd', received(Buffer.from('x')));
    peer.failNext(503);
    await expect(storage.open('0123-abcd')).rejects.toThrow(/503/);
  });
});
