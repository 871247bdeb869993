import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { makeDataDir } from '../outside/data-dir.ts';
import { choosePlace, type LivingServer, type Place, startServer } from '../outside/server.ts';
import { makeBoard, makeClients } from './board.ts';
import { type Sink, startSink } from './faults/sink.ts';
import { type Client, type Poured, pour } from './pour.ts';
import { settle } from './settle.ts';
import { verify } from './verify.ts';
import { withDatabase } from './with-database.ts';

/** What main.ts allows, and what a busy machine needs to see that it has ended. */
const STOPPED_WITHIN_MS = 20_000;
const ROWS = 4_000;

let place: Place;
let server: LivingServer;
let sink: Sink;
let clients: Client[];
beforeAll(async () => {
  sink = await startSink();
  place = await choosePlace(makeDataDir('stop-under-load'), {});
  server = await startServer(place);
  await makeBoard(place, sink);
  clients = await makeClients(place, 120);
});
afterAll(async () => {
  await server.stop();
  await sink.close();
  fs.rmSync(place.dataDir, { recursive: true, force: true });
});

it('a stop in the middle of everything keeps what was accepted, ends soon, and doubles nothing after the next start', {
  timeout: 600_000,
}, async () => {
  const load = { isOver: false };
  const importId = await startImport();
  const stream = openStream();
  const unfinished = beginUpload();
  const poured = pour(place, clients, { width: 6, pauseMs: () => 20, isOver: () => load.isOver });
  const uploaded = keepUploading(load);
  await sleep(2_500);

  const began = performance.now();
  await server.stop();
  const tookMs = performance.now() - began;
  server = await startServer(place);
  load.isOver = true;
  const accepted = { poured: await poured, files: await uploaded };
  await settle(place);

  expect(tookMs).toBeLessThan(STOPPED_WITHIN_MS);
  // It was at work, or the rest would say nothing.
  expect(Math.min(accepted.poured.signals.length, accepted.poured.mails.length, accepted.files.size)).toBeGreaterThan(
    0,
  );
  expect([await stream, await unfinished]).toEqual(['ended', 'broken off']);
  expect(await brokenPromises(accepted.poured)).toEqual([]);
  await expectImported(importId);
  for (const [id, sha256] of accepted.files) expect(await hashOf(id), `file ${id}`).toBe(sha256);
  const { data } = z.object({ data: z.array(z.object({ name: z.string() })) }).parse(await read('/files?limit=500'));
  expect(data.filter(({ name }) => name === 'unfinished.bin')).toEqual([]);
});

const auth = () => ({ authorization: `Bearer ${place.apiKey}` });
const address = (path: string) => `${place.url}/api/v1${path}`;
const read = async (path: string): Promise<unknown> => (await fetch(address(path), { headers: auth() })).json();

async function startImport(): Promise<number> {
  const body = `Title\n${Array.from({ length: ROWS }, (_, row) => `Row ${row}`).join('\n')}\n`;
  const headers = { ...auth(), 'content-type': 'text/csv' };
  const draft = await fetch(address('/imports?target=lead'), { method: 'POST', headers, body });
  const { id } = z.object({ id: z.number() }).parse(await draft.json());
  const settings = JSON.stringify({ columns: [{ column: 0, to: 'title' }], runRules: false });
  const json = { ...auth(), 'content-type': 'application/json' };
  const started = await fetch(address(`/imports/${id}/start`), { method: 'POST', headers: json, body: settings });
  expect(started.status).toBe(200);
  return id;
}

async function expectImported(id: number): Promise<void> {
  const end = Date.now() + 120_000;
  const job = z.object({ state: z.string(), results: z.record(z.string(), z.number()) });
  let found = job.parse(await read(`/imports/${id}`));
  for (; found.state !== 'done' && Date.now() < end; await sleep(500)) found = job.parse(await read(`/imports/${id}`));
  expect(found).toMatchObject({ state: 'done', results: { created: ROWS } });
  const rows = await inDatabase(
    `select count(*)::int as count, count(distinct title)::int as titles from items where type = 'lead' and title like 'Row %'`,
  );
  expect(rows).toEqual([{ count: ROWS, titles: ROWS }]);
}

/** Events are read until the server ends them. */
async function openStream(): Promise<string> {
  const answer = await fetch(address('/stream'), { headers: auth() });
  try {
    for await (const _ of answer.body ?? []);
  } catch {
    return 'broken off';
  }
  return 'ended';
}

/** A large file of which the rest never comes. */
function beginUpload(): Promise<string> {
  return new Promise((resolve) => {
    const headers = { ...auth(), 'content-type': 'application/octet-stream', 'content-length': 10_000_000 };
    const request = http.request(address('/files?name=unfinished.bin'), { method: 'POST', headers });
    request.on('error', () => resolve('broken off'));
    request.on('response', ({ statusCode }) => resolve(statusCode === 201 ? 'kept' : 'broken off'));
    request.write(randomBytes(200_000));
  });
}

/** The files that were accepted, with the hash of what was sent. */
async function keepUploading(load: { readonly isOver: boolean }): Promise<ReadonlyMap<number, string>> {
  const kept = new Map<number, string>();
  for (let n = 0; !load.isOver; n += 1) {
    const body = randomBytes(300_000);
    const headers = { ...auth(), 'content-type': 'application/octet-stream' };
    const answer = await fetch(address(`/files?name=f${n}.bin`), { method: 'POST', headers, body }).catch(() => null);
    if (answer?.status === 201)
      kept.set(
        z.object({ id: z.number() }).parse(await answer.json()).id,
        createHash('sha256').update(body).digest('hex'),
      );
    await sleep(30);
  }
  return kept;
}

async function hashOf(id: number): Promise<string> {
  const answer = await fetch(address(`/files/${id}`), { headers: auth() });
  return createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex');
}

const brokenPromises = (poured: Poured) =>
  withDatabase(place.dataDir, async (client) =>
    (await verify(client, poured, sink))
      .filter(({ broken }) => broken !== 0)
      .map(({ promise, broken }) => `${promise}: ${broken}`),
  );

const inDatabase = (text: string) =>
  withDatabase(place.dataDir, async (client) => (await client.query<Record<string, unknown>>(text)).rows);
