import { checkBoundaries } from './boundaries.ts';
import type { Outcome } from './outcome.ts';
import { run } from './run.ts';
import { typecheck } from './typecheck.ts';
import { vitest } from './vitest.ts';

/** What `npm test` runs, in this order; `npm run <name>` runs one of them. */
export const steps: Readonly<Record<string, () => Promise<Outcome>>> = {
  lint: () => one(run('node_modules/@biomejs/biome/bin/biome', ['ci', '--max-diagnostics=200', '.'])),
  typecheck: () => one(typecheck()),
  boundaries: () => one(checkBoundaries()),
  build: () => one(run('tools/ensure.mjs', ['--web'])),
  unit: () => vitest('unit'),
  integration: () => vitest('integration'),
  e2e: () => vitest('e2e'),
};

async function one(step: Promise<boolean>): Promise<Outcome> {
  return (await step) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
