import fs from 'node:fs';
import path from 'node:path';
import { root } from './run.ts';

/** The TypeScript files below a folder of this clone, as paths from its root. */
export function sourceFiles(folder: string): string[] {
  const start = path.join(root, folder);
  if (!fs.existsSync(start)) return [];
  return fs
    .readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(node_modules|dist|dist\.next)\//.test(name))
    .map((name) => path.join(folder, name));
}
