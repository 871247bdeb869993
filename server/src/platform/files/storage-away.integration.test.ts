import fs from 'node:fs';
import tls from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { inWorkspace } from '../db.ts';
import { makeAuthority } from '../net/testing-certificates.ts';
import { incomingFolder } from './create-storage.ts';
import { type S3Peer, startS3 } from './testing-s3.ts';

const authority = makeAuthority('Ours');
const usual = tls.getCACertificates();
const keys = { key: 'AKIAEXAMPLE', secret: 'secret', region: 'eu-central-1' };
const ended = authority.issue({ host: 'localhost', from: -30, until: -1 });
const good = authority.issue({ host: 'localhost' });

let peer: S3Peer;
let server: TestServer;
let firm: TestWorkspace;
beforeAll(async () => {
  tls.setDefaultCACertificates([...usual, authority.cert]);
  peer = await startS3({ ...keys, certified: ended });
  server = await startTestServer({ S3_URL: peer.url });
  firm = await server.addWorkspace();
});
afterAll(async () => {
  await server.close();
  await peer.close();
  tls.setDefaultCACertificates(usual);
});

const upload = () =>
  server.app.inject({
    ...{ method: 'POST', url: '/api/v1/files?name=a.txt', payload: Buffer.from('hello') },
    headers: { authorization: `Bearer ${firm.key}`, 'content-type': 'application/octet-stream' },
  });
const read = (id: number) => server.call('GET', `/api/v1/files/${id}`, { key: firm.key });
const kept = () =>
  inWorkspace(server.context.databases.app, firm.id, (tx) => tx.selectFrom('files').select('id').execute());

async function restart(certified: typeof good): Promise<void> {
  const { port } = peer;
  await peer.close();
  const before = peer.objects;
  peer = await startS3({ ...keys, certified, port });
  for (const [name, bytes] of before) peer.objects.set(name, bytes);
}

it('a store of files whose certificate has ended is told in words, keeps nothing by half, and goes on when it is mended', async () => {
  const refused = await upload();
  expect({ status: refused.statusCode, body: refused.json() }).toMatchObject({
    status: 503,
    body: { code: 'storage-away' },
  });
  expect(refused.headers['retry-after']).toBeDefined();
  expect(refused.body).not.toMatch(/certificate|localhost/);
  expect([await kept(), peer.objects.size]).toEqual([[], 0]);
  expect(fs.readdirSync(incomingFolder(server.context.config))).toEqual([]);

  await restart(good);
  const taken = await upload();
  expect(taken.statusCode).toBe(201);
  const { id } = taken.json();
  expect((await read(id)).body).toBe('hello');

  await restart(ended);
  expect(await read(id)).toMatchObject({ status: 503, body: { code: 'storage-away' } });
  await restart(good);
  expect((await read(id)).body).toBe('hello');
});
