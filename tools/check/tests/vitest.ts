import fs from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../base/outcome.ts';
import { root, run } from '../base/run.ts';
import { readReport } from './report.ts';
import type { Project } from './test-files.ts';

/** Runs one project of vitest.config.ts, or its files that have one of these parts in their path, and counts its tests. */
export async function vitest(project: Project, parts: readonly string[]): Promise<Outcome> {
  const file = path.join(root, '.cache', `vitest-${project}.json`);
  fs.rmSync(file, { force: true });
  const ok = await run('node_modules/vitest/vitest.mjs', ['run', '--project', project, ...parts], {
    VITEST_REPORT: file,
  });
  if (!fs.existsSync(file)) return { passed: 0, failed: ok ? 0 : 1 };

  const { passed, failed, failures } = readReport(fs.readFileSync(file, 'utf8'), root);
  // A file that does not even load has no failed test, and an error outside of any test neither.
  return { passed, failed: ok ? 0 : Math.max(1, failed), failures };
}
