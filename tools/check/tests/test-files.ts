import { sourceFiles } from '../base/source-files.ts';

/** A project of vitest.config.ts, and the step of `npm test` that runs it. */
export type Project = 'unit' | 'integration' | 'e2e';

const folders = ['automation', 'contract', 'server', 'web', 'widget', 'tools', 'e2e'];

/** Which project runs a file; undefined for what is no test. */
export function projectOf(file: string): Project | undefined {
  if (file.endsWith('.integration.test.ts')) return 'integration';
  if (file.endsWith('.journey.ts')) return 'e2e';
  return file.endsWith('.test.ts') ? 'unit' : undefined;
}

/** Every test file of this clone, as a path from its root. */
export const testFiles = (): string[] => folders.flatMap(sourceFiles).filter((file) => projectOf(file) !== undefined);
