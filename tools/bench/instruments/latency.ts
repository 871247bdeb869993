import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../../outside/client.ts';
import type { Place } from '../../outside/server.ts';
import { openStream } from './event-stream.ts';
import { type Spread, spreadOf } from './measure.ts';

/** (d): milliseconds from sending `POST /api/v1/signals` to the move on another connection's event stream, at 50 a second. */
export async function measureLatency(place: Place, items: readonly number[]): Promise<Spread> {
  const seen = new Map<number, number>();
  const stream = await openStream(place, ({ topic, kind, id }) => {
    if (topic === 'items' && kind === 'moved' && id !== undefined && !seen.has(id)) seen.set(id, performance.now());
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
