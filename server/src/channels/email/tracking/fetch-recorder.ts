import { createTurns } from '../../../platform/apart/turns.ts';
import type { Context } from '../../../platform/context.ts';
import { inWorkspace } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { type FetchOf, recordFetches } from './record-fetch.ts';

export interface LetterOf {
  readonly workspaceId: number;
  readonly emailId: number;
}

/** Resolves once it is recorded, with where a click leads; undefined as recordFetches. Throws UserError 503 when too much waits. */
export type RecordFetch = (letter: LetterOf, fetch: FetchOf) => Promise<string | undefined>;

/** Of one e-mail in one transaction; waiting for the next. */
const AT_ONCE = 100;
const WAITING_OF_ONE = 5_000;

interface Waiting {
  readonly fetch: FetchOf;
  done(url: string | undefined): void;
  failed(error: unknown): void;
}

/**
 * Opens and clicks come from outside, as many as somebody likes. Those of one e-mail go one after the other, for its lock is
 * theirs: what comes meanwhile is recorded together, so that a flood holds one connection to the database and no more.
 */
export function createFetchRecorder({ databases }: Context): RecordFetch {
  const turns = createTurns({
    ...{ all: 6, workspace: 4, asker: 1, strangers: 6, strangersOfOne: 6 },
    ...{ waiting: 1_000, waitingOfOne: 1 },
  });
  const letters = new Map<string, Waiting[]>();

  async function work(key: string, { workspaceId, emailId }: LetterOf): Promise<void> {
    const end = await turns.take({ workspace: workspaceId, who: key, lane: 'people' });
    const all = letters.get(key) ?? [];
    letters.delete(key);
    if (end === undefined) {
      for (const { failed } of all) failed(tooMuch());
      return;
    }
    const some = all.slice(0, AT_ONCE);
    const rest = all.slice(AT_ONCE);
    if (rest.length > 0) {
      letters.set(key, rest);
      void work(key, { workspaceId, emailId });
    }
    try {
      const fetches = some.map(({ fetch }) => fetch);
      const urls = await inWorkspace(databases.app, workspaceId, (tx) => recordFetches(tx, { emailId, fetches }));
      for (const [index, { done }] of some.entries()) done(urls[index]);
    } catch (error) {
      for (const { failed } of some) failed(error);
    } finally {
      end();
    }
  }

  return (letter, fetch) =>
    new Promise((done, failed) => {
      const key = `${letter.workspaceId} ${letter.emailId}`;
      const waiting = letters.get(key);
      if (waiting !== undefined && waiting.length >= WAITING_OF_ONE) return failed(tooMuch());
      if (waiting !== undefined) return void waiting.push({ fetch, done, failed });
      letters.set(key, [{ fetch, done, failed }]);
      void work(key, letter);
    });
}

function tooMuch(): UserError {
  const detail = 'Too many open mail and follow links at the same time; try again in a moment';
  return new UserError({ status: 503, code: 'busy', title: 'Busy', detail });
}
