import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isTransient } from '../db.ts';

const AGAIN_AFTER_MS = 250;
// What the queue asks of rows that this process has locked: to ask it again changes nothing.
const REPEATABLE = /_private_jobs/;

type Connected = Parameters<pg.Pool['connect']>[0];

export interface QueuePool {
  readonly pool: pg.Pool;
  /** Nothing is waited for any more; resolves as soon as somebody would have to wait for PostgreSQL. */
  leave(): Promise<void>;
}

/**
 * The pool as the queue of jobs sees it: connections that PostgreSQL does not give just now are waited for, and what failed for its sake
 * (cut off, a full disk) is asked again, four times a second. The queue itself would give up its work, or end the process, at the first that fails.
 */
export function patientPool(pool: pg.Pool): QueuePool {
  let isOver = false;
  const refused = Promise.withResolvers<void>();

  const pauseAfter = async (error: unknown): Promise<void> => {
    if (!isTransient(error)) throw error;
    // Whoever asks now is not answered: the queue ends the process if it is told.
    if (isOver) await new Promise<never>(() => refused.resolve());
    await sleep(AGAIN_AFTER_MS);
  };
  const open = async (): Promise<pg.PoolClient> => {
    for (;;) {
      try {
        return await pool.connect();
      } catch (error) {
        await pauseAfter(error);
      }
    }
  };
  const again = async (...query: [text: string]): Promise<unknown> => {
    for (;;) {
      const client = await open();
      try {
        const answer: unknown = await client.query(...query);
        client.release();
        return answer;
      } catch (error) {
        client.release(true);
        await pauseAfter(error);
      }
    }
  };
  const patient = (client: pg.PoolClient): pg.PoolClient =>
    instead(client, 'query', (...query: [text: string]) =>
      client.query(...query).catch((error: unknown) => {
        if (!isTransient(error) || !REPEATABLE.test(textOf(query[0]))) throw error;
        return again(...query);
      }),
    );
  return {
    pool: instead(pool, 'connect', async (told?: Connected) => {
      // Who listens for new jobs asks this way, and tries again by itself.
      if (told !== undefined) return pool.connect(told);
      return patient(await open());
    }),
    leave() {
      isOver = true;
      return refused.promise;
    },
  };
}

const textOf = (query: unknown): string =>
  typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : String(query);

function instead<T extends object>(whole: T, name: keyof T, does: unknown): T {
  return new Proxy(whole, {
    get(target, key) {
      if (key === name) return does;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
