import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What the set-up remembers between starts; ignored by git, may be deleted at any time. */
export const cache = path.join(root, '.cache');
