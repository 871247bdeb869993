import { createTestDatabase } from '../../server/src/platform/testing.ts';

/** In a test: a database of the run's PostgreSQL, migrated and empty, for a server that is to be its guest. */
export async function lendDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const { url, close } = await createTestDatabase();
  return { url, close };
}
