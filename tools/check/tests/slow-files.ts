import path from 'node:path';
import type { TestModule } from 'vitest/node';
import type { Reporter } from 'vitest/reporters';
import { root } from '../base/run.ts';

const SHOWN = 10;

interface Timed {
  readonly file: string;
  readonly seconds: number;
  readonly importing: number;
}

/** For vitest: names the files that took longest, so that time stays in sight. */
export class SlowFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const slowest = modules.map(timed).toSorted((a, b) => b.seconds - a.seconds);
    console.log(`\nthe slowest of ${modules.length} files`);
    for (const { file, seconds, importing } of slowest.slice(0, SHOWN)) {
      console.log(`${seconds.toFixed(1).padStart(7)} s  ${file}  (import ${importing.toFixed(1)} s)`);
    }
  }
}

function timed(module: TestModule): Timed {
  const { duration, collectDuration, setupDuration, environmentSetupDuration } = module.diagnostic();
  const seconds = (duration + collectDuration + setupDuration + environmentSetupDuration) / 1000;
  return { file: path.relative(root, module.moduleId), seconds, importing: collectDuration / 1000 };
}
