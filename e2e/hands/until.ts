import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** Asks again until there is an answer; says what it waited for when there is none. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false | null>): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false && answer !== null) return answer;
  }
  throw new Error(`waited ${PATIENCE_MS / 1000} s for: ${what}`);
}
