import type { Outcome } from './check/base/outcome.ts';
import { run } from './check/base/run.ts';
import { steps } from './check/steps.ts';

// `npm run lint` and its like: one step of `npm test`.
const name = process.argv[2] ?? '';
const step = name === 'format' ? format : steps[name];
if (step === undefined) throw new Error(`unknown step: ${name}; there are ${Object.keys(steps).join(', ')} and format`);
const { failed } = await step([]);
process.exitCode = failed === 0 ? 0 : 1;

async function format(): Promise<Outcome> {
  const ok = await run('node_modules/@biomejs/biome/bin/biome', ['check', '--write', ...process.argv.slice(3)]);
  return { passed: 0, failed: ok ? 0 : 1 };
}
