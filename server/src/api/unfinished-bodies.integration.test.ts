import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRights } from '../people/rights/standard-roles.ts';
import type { Caller } from '../platform/context.ts';
import { admit } from '../platform/http/admitted.ts';
import { addBodyParsers } from '../platform/http/http-body.ts';
import { addErrorHandlers } from '../platform/http/http-errors.ts';
import { cutUnfinishedBodies } from '../platform/http/unfinished-bodies.ts';

const somebody: Caller = {
  ...{ workspaceId: 1, employeeId: 1, role: 'employee', via: 'key', language: 'en', seenBy: null, seenUntil: null },
  origin: { address: null, session: null, key: null },
  rights: { ...noRights, administrator: false, employeeId: 1, department: [1] },
};

let app: FastifyInstance;
let port: number;

beforeAll(async () => {
  app = fastify();
  cutUnfinishedBodies(app, { lookEveryMs: 500, leastBytes: 10, strangerMs: 900, lingerMs: 200 });
  addBodyParsers(app);
  addErrorHandlers(app);
  app.post('/public', async ({ body }) => body);
  app.post('/known', { onRequest: async (request) => admit(request, somebody) }, async ({ body }) => body);
  app.post('/refused', { onRequest: async (_, reply) => reply.code(401).send('no') }, async () => 'never');
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => app.close());

/** Sends a piece of the body every so often; answers what came back until the connection ended, and when that was. */
async function drip(path: string, { piece, everyMs, pieces }: { piece: string; everyMs: number; pieces: number }) {
  const began = performance.now();
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString();
  });
  // A line that is cut off may end with an error, which is no less an end.
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n"`);
  for (let sent = 0; sent < pieces && !socket.destroyed; sent += 1) {
    socket.write(piece);
    await sleep(everyMs);
  }
  const isOpen = !socket.destroyed;
  if (isOpen) socket.destroy();
  await ended;
  return { heard, isOpen, ms: performance.now() - began };
}

describe('a body that', () => {
  it('stands still is cut off', async () => {
    expect(await drip('/known', { piece: '', everyMs: 50, pieces: 90 })).toMatchObject({ isOpen: false, heard: '' });
  });

  it('grows by a byte now and then is cut off', async () => {
    expect(await drip('/known', { piece: 'x', everyMs: 250, pieces: 20 })).toMatchObject({ isOpen: false });
  });

  it('grows is waited for, of somebody who is known', async () => {
    expect(await drip('/known', { piece: 'x'.repeat(100), everyMs: 50, pieces: 40 })).toMatchObject({ isOpen: true });
  });

  it('grows is not waited for long, of somebody who is not known', async () => {
    const { isOpen, ms } = await drip('/public', { piece: 'x'.repeat(100), everyMs: 50, pieces: 90 });
    expect(isOpen).toBe(false);
    expect(ms).toBeGreaterThan(500);
  });

  it('goes on after its refusal is heard out for a moment, so that the refusal arrives', async () => {
    const { isOpen, heard } = await drip('/refused', { piece: 'x'.repeat(2_000), everyMs: 50, pieces: 20 });
    expect(heard).toMatch(/^HTTP\/1\.1 401 /);
    expect(isOpen).toBe(false);
  });
});
