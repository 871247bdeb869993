import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './server.ts';

const ANSWER_WITHIN_MS = 15_000;
const GIVE_UP_AFTER_MS = 900_000;

/** One call of the API; throws on anything but 2xx, and when no answer comes in `withinMs`. */
export async function call(
  place: Place,
  method: string,
  path: string,
  body?: unknown,
  { withinMs = ANSWER_WITHIN_MS } = {},
): Promise<unknown> {
  const response = await fetch(`${place.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${place.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(withinMs),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

/** Tries until it succeeds, as a provider does that got no answer: the same fact may arrive twice. Returns the number of tries. */
export async function insist(work: () => Promise<unknown>): Promise<number> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return tries;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(30 + Math.random() * 100);
  }
}
