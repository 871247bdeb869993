import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';
import { type Spread, spreadOf } from './measure.ts';

const event = z.object({ topic: z.string(), kind: z.string(), id: z.number().optional() });

/** (d): milliseconds from sending `POST /api/v1/signals` to the move on another connection's event stream, at 50 a second. */
export async function measureLatency(place: Place, items: readonly number[]): Promise<Spread> {
  const seen = new Map<number, number>();
  const stream = await openStream(place, (id) => {
    if (!seen.has(id)) seen.set(id, performance.now());
  });
  const sent = new Map<number, number>();
  const calls: Promise<unknown>[] = [];
  for (const item of items) {
    sent.set(item, performance.now());
    calls.push(call(place, 'POST', '/signals', { kind: 'webhook.called', item, payload: { code: 'go' } }));
    await sleep(20);
  }
  await Promise.all(calls);
  for (const deadline = Date.now() + 10_000; seen.size < items.length && Date.now() < deadline; ) await sleep(20);
  stream.abort();
  const missed = items.filter((item) => !seen.has(item)).length;
  if (missed > 0) throw new Error(`${missed} moves never came over the event stream`);
  return spreadOf(items.map((item) => (seen.get(item) ?? Number.NaN) - (sent.get(item) ?? Number.NaN)));
}

async function openStream(place: Place, onMove: (item: number) => void): Promise<AbortController> {
  const controller = new AbortController();
  const response = await fetch(`${place.url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${place.apiKey}` },
    signal: controller.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`no event stream: ${response.status}`);
  void read(response.body, onMove).catch(() => {});
  await sleep(200);
  return controller;
}

async function read(body: ReadableStream<Uint8Array>, onMove: (item: number) => void): Promise<void> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      const { topic, kind, id } = event.parse(JSON.parse(line.slice(5)));
      if (topic === 'items' && kind === 'moved' && id !== undefined) onMove(id);
    }
  }
}
