import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeDataDir } from '../tools/outside/data-dir.ts';
import { choosePlace, type Place, startServer } from '../tools/outside/server.ts';

let place: Place;

beforeEach(async () => {
  place = await choosePlace(makeDataDir('stop'), {});
});
afterEach(() => fs.rmSync(place.dataDir, { recursive: true, force: true }));

it('one Ctrl-C, which reaches it twice, stops it and its database', async () => {
  const server = await startServer(place);
  expect(isDatabaseRunning()).toBe(true);
  await Promise.all([server.stop(), server.stop()]);
  expect(isDatabaseRunning()).toBe(false);
});

it('starts again on its data after kill -9, and stops cleanly then', async () => {
  await (await startServer(place)).kill();
  const again = await startServer(place);
  const answer = await fetch(`${place.url}/api/v1/me`, { headers: { authorization: `Bearer ${place.apiKey}` } });
  expect(answer.status).toBe(200);
  await again.stop();
  expect(isDatabaseRunning()).toBe(false);
});

it('says which port is in use, and how to take another', async () => {
  const first = await startServer(place);
  const second = await choosePlace(makeDataDir('stop'), { PORT: new URL(place.url).port, SMTP_LISTEN: '127.0.0.1:0' });
  await expect(startServer(second)).rejects.toThrow(/port \d+ is in use.*PORT=/s);
  await first.stop();
  fs.rmSync(second.dataDir, { recursive: true, force: true });
});

function isDatabaseRunning(): boolean {
  return fs.existsSync(path.join(place.dataDir, 'postgres', 'cluster', 'postmaster.pid'));
}
