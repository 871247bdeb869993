import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestServer, type TestServer } from '../../api/testing.ts';
import { clearFilesAway } from '../../platform/files/clear-away.ts';
import { createStorage } from '../../platform/files/create-storage.ts';
import { waitUntil } from '../../platform/testing-waits.ts';

// Over real sockets: what becomes of a body that is cut off, or never ends, is a matter of the connection.
let server: TestServer;
let port: number;
let key: string;

beforeAll(async () => {
  server = await startTestServer();
  key = (await server.addWorkspace()).key;
  port = Number(new URL(await server.app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => server.close());

const MEBIBYTE = Buffer.alloc(1024 * 1024, 1);

function files(): string[] {
  const folder = path.join(server.context.config.dataDir, 'files');
  if (!fs.existsSync(folder)) return [];
  const all = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map(({ name }) => name);
}

async function open(headers: string): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  const auth = `authorization: Bearer ${key}\r\ncontent-type: application/octet-stream\r\nhost: x\r\n`;
  socket.write(`POST /api/v1/files?name=big.bin HTTP/1.1\r\n${auth}${headers}\r\n\r\n`);
  return socket;
}

describe('an upload that', () => {
  it('says it is too large is refused at once, with the limit', async () => {
    const socket = await open(`content-length: ${101 * 1024 * 1024}`);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    expect(String(answer)).toContain('A file may have at most 100 MB');
    expect(files()).toEqual([]);
  });

  it('turns out too large on the way is refused, and nothing of it is left', async () => {
    const socket = await open('transfer-encoding: chunked');
    let answer = '';
    socket.on('data', (bytes) => {
      answer += String(bytes);
    });
    for (let sent = 0; sent < 103 && answer === ''; sent += 1) {
      const chunk = Buffer.concat([Buffer.from(`${MEBIBYTE.length.toString(16)}\r\n`), MEBIBYTE, Buffer.from('\r\n')]);
      await new Promise((written) => socket.write(chunk, written));
    }
    await waitUntil('it is answered', async () => answer !== '');
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    await waitUntil('nothing is left', async () => files().length === 0);
  });

  it('is sent again with its Idempotency-Key is the same file; other bytes are another request', async () => {
    const send = async (body: string) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' };
      const url = `http://127.0.0.1:${port}/api/v1/files?name=a.txt`;
      const answer = await fetch(url, { method: 'POST', body, headers: { ...headers, 'idempotency-key': 'twice' } });
      return { status: answer.status, body: z.object({ id: z.number().optional() }).parse(await answer.json()) };
    };
    const first = await send('same');
    expect(await send('same')).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(await send('sane')).toMatchObject({ status: 422 });
    await server.call('DELETE', `/api/v1/files/${first.body.id}`, { key });
    server.clock.advance(24 * 3_600_000 + 1);
    await clearFilesAway(server.context, createStorage(server.context.config));
    expect(files()).toEqual([]);
  });

  it('breaks off leaves nothing', async () => {
    const socket = await open(`content-length: ${4 * MEBIBYTE.length}`);
    socket.write(MEBIBYTE);
    await waitUntil('it has begun', async () => files().length === 1);
    socket.destroy();
    await waitUntil('nothing is left', async () => files().length === 0);
    const listed = await server.call('GET', '/api/v1/files', { key });
    expect(listed.body.data).toEqual([]);
  });
});
