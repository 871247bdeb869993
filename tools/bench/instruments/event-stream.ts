import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Place } from '../../outside/server.ts';

const event = z.object({ topic: z.string(), kind: z.string(), id: z.number().optional() });
export type StreamEvent = z.infer<typeof event>;

/** What browsers are told, on a connection of its own. */
export async function openStream(place: Place, onEvent: (event: StreamEvent) => void): Promise<AbortController> {
  const controller = new AbortController();
  const response = await fetch(`${place.url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${place.apiKey}` },
    signal: controller.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`no event stream: ${response.status}`);
  void read(response.body, onEvent).catch(() => {});
  await sleep(200);
  return controller;
}

async function read(body: ReadableStream<Uint8Array>, onEvent: (event: StreamEvent) => void): Promise<void> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) onEvent(event.parse(JSON.parse(line.slice(5))));
    }
  }
}
