import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectRealtime } from './realtime-link.ts';
import { createEmptyDatabase } from './testing.ts';
import { withClient } from './testing-databases.ts';
import { waitUntil } from './testing-waits.ts';

let url = '';
let stops: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  const database = await createEmptyDatabase();
  url = database.url;
  stops = [() => database.close()];
});
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
});

async function connect() {
  const link = await connectRealtime({ connection: { connectionString: url }, onLost: () => {} });
  stops.push(() => link.close());
  const heard: string[] = [];
  link.onMessage((payload) => heard.push(payload));
  return { link, heard };
}

test('what one process sends the other hears, whoever came first', async () => {
  const first = await connect();
  const second = await connect();
  await second.link.send(['of the second']);
  await waitUntil('both have heard', async () => {
    // Until it has heard that somebody came, it sends to nobody.
    await first.link.send(['of the first']);
    return second.heard.includes('of the first') && first.heard.includes('of the second');
  });
});

test('while nobody else listens nothing is sent', async () => {
  const { link } = await connect();
  await withClient(url, async (eavesdropper) => {
    const heard: (string | undefined)[] = [];
    eavesdropper.on('notification', ({ payload }) => heard.push(payload));
    await eavesdropper.query('listen signalbox');
    await link.send(['alone']);
    await connect();
    // The newcomer's word has arrived at both by now.
    await waitUntil('the newcomer is heard', async () => heard.includes('hello'));
    await link.send(['together']);
    await waitUntil('what was sent is heard', async () => heard.includes('together'));
    expect(heard).not.toContain('alone');
  });
});
