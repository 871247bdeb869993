import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { lendDatabase } from '../../tools/outside/guest-database.ts';
import { startWorld, type World } from '../world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    browserEndpoint: string;
  }
}

/** A Signalbox with a database of its own in the PostgreSQL of the run, where all is migrated already. */
export async function startGuest(extra: NodeJS.ProcessEnv = {}): Promise<World> {
  const database = await lendDatabase();
  const world = await startWorld({ DATABASE_URL: database.url, ...extra });
  return {
    ...world,
    async close() {
      await world.close();
      await database.close();
    },
  };
}

/** The browser of the run: closing it closes what was opened through this connection, and nothing else. */
export const joinBrowser = (): Promise<Browser> => chromium.connect(inject('browserEndpoint'));
