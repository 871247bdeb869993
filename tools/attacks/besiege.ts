import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../server/src/platform/testing.ts';
import { startVictim, type Victim } from './victim.ts';

/** A server of its own for the attacks of a file, told once it stands; gone behind them. */
export function besiege(
  begin: (victim: Victim, database: TestDatabase) => void,
  environment: NodeJS.ProcessEnv = {},
): void {
  let database: TestDatabase | undefined;
  let victim: Victim | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    victim = await startVictim({ DATABASE_URL: database.url, ...environment });
    begin(victim, database);
  });
  afterAll(async () => {
    await victim?.stop();
    await database?.close();
  });
}
