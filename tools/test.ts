import type { Outcome } from './check/base/outcome.ts';
import { choose } from './check/choice.ts';
import { steps } from './check/steps.ts';
import { testFiles } from './check/tests/test-files.ts';

interface Result extends Outcome {
  readonly name: string;
  readonly seconds: number;
}

// npm test [-- steps, or parts of the paths of test files]
const choice = understand(process.argv.slice(2));
if (choice !== undefined) {
  const results: Result[] = [];
  for (const [name, step] of Object.entries(steps)) {
    if (choice.steps.includes(name)) results.push(await take(name, () => step(choice.parts)));
  }
  summarise(results);
}

function understand(words: readonly string[]) {
  try {
    return choose(words, { steps: Object.keys(steps), files: testFiles() });
  } catch (error) {
    process.stderr.write(`npm test: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}

async function take(name: string, step: () => Promise<Outcome>): Promise<Result> {
  console.log(`\n━━ ${name}`);
  const startedAt = performance.now();
  const outcome = await step().catch(failure);
  return { name, ...outcome, seconds: (performance.now() - startedAt) / 1000 };
}

function failure(error: unknown): Outcome {
  console.error(error);
  return { passed: 0, failed: 1 };
}

function summarise(all: readonly Result[]): void {
  const sum = (key: 'passed' | 'failed') => all.reduce((total, result) => total + result[key], 0);
  // Once more at the end: a long log is often kept without its middle.
  for (const { name, failures = [] } of all) {
    for (const told of failures) console.log(`\n✗ ${name}  ${told}`);
  }
  console.log('');
  for (const { name, passed, failed, seconds } of all) {
    const mark = failed === 0 ? '✓' : '✗';
    console.log(`${mark} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`);
  }
  process.exitCode = sum('failed') === 0 ? 0 : 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}
