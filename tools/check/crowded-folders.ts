import path from 'node:path';
import { unexcused } from './excuses.ts';

const mostFiles = 25;

/** Registries of one kind, where every file is a sibling of the next and a room would only be in the way. */
const registries: readonly string[] = [];

/** Folders with more source files (tests among them) than a reader takes in. */
export function crowdedFolders(files: readonly string[], excused = registries): string[] {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(path.dirname(file), (counts.get(path.dirname(file)) ?? 0) + 1);
  const crowded = [...counts].filter(([, count]) => count > mostFiles).map(([folder]) => folder);
  return unexcused(crowded, excused, `more than ${mostFiles} source files in one folder: give it rooms`);
}
