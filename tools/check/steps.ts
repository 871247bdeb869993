import { type Outcome, one } from './base/outcome.ts';
import { run } from './base/run.ts';
import { checkBoundaries } from './boundaries.ts';
import { vitest } from './tests/vitest.ts';
import { typecheck } from './typecheck.ts';

/** A part of `npm test`; those that run tests can be held to the files with one of these parts in their path. */
export type Step = (parts: readonly string[]) => Promise<Outcome>;

/** What `npm test` runs, in this order; `npm test -- <name>` runs one of them. */
export const steps: Readonly<Record<string, Step>> = {
  lint: () => one(run('node_modules/@biomejs/biome/bin/biome', ['ci', '--max-diagnostics=200', '.'])),
  typecheck: () => one(typecheck()),
  boundaries: () => one(checkBoundaries()),
  build: () => one(build()),
  unit: (parts) => vitest('unit', parts),
  integration: (parts) => vitest('integration', parts),
  e2e: async (parts) => ((await build()) ? vitest('e2e', parts) : { passed: 0, failed: 1 }),
};

// Next to nothing when it is fresh.
const build = () => run('tools/ensure.mjs', ['--web']);
