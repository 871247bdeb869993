import type { Outcome } from './check/outcome.ts';
import { steps } from './check/steps.ts';

interface Result extends Outcome {
  name: string;
  seconds: number;
}

const results: Result[] = [];
for (const [name, step] of Object.entries(steps)) {
  console.log(`\n━━ ${name}`);
  const startedAt = performance.now();
  const outcome = await step().catch(failure);
  results.push({ name, ...outcome, seconds: (performance.now() - startedAt) / 1000 });
}
summarise(results);

function failure(error: unknown): Outcome {
  console.error(error);
  return { passed: 0, failed: 1 };
}

function summarise(all: readonly Result[]): void {
  const sum = (key: 'passed' | 'failed') => all.reduce((total, result) => total + result[key], 0);
  console.log('');
  for (const { name, passed, failed, seconds } of all) {
    const mark = failed === 0 ? '✓' : '✗';
    console.log(`${mark} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`);
  }
  process.exitCode = sum('failed') === 0 ? 0 : 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}
