import type { Part } from '../../parts/part.ts';
import { clearFilesAway } from '../../platform/files/clear-away.ts';
import { createStorage } from '../../platform/files/create-storage.ts';

const CLEAR_EVERY_MS = 10 * 60_000;

/** Files: what nobody kept is cleared away. */
export const drive: Part = {
  name: 'drive',
  polls: (context) => [{ everyMs: CLEAR_EVERY_MS, work: () => clearFilesAway(context, createStorage(context.config)) }],
};
