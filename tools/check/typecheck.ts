import { run } from './run.ts';
import { sourceFiles } from './source-files.ts';

// The largest first: two run side by side.
const projects = [
  { folder: 'server', config: 'server/tsconfig.json' },
  { folder: 'web', config: 'web/tsconfig.json' },
  { folder: 'automation', config: 'automation/tsconfig.json' },
  { folder: 'automation', config: 'tsconfig.test.json' },
  { folder: 'contract', config: 'contract/tsconfig.json' },
  { folder: 'tools', config: 'tools/tsconfig.json' },
  { folder: 'e2e', config: 'e2e/tsconfig.json' },
  { folder: 'widget', config: 'widget/tsconfig.json' },
];

export async function typecheck(): Promise<boolean> {
  const waiting = projects.filter(({ folder }) => sourceFiles(folder).length > 0);
  const results = await Promise.all([checkAll(waiting), checkAll(waiting)]);
  return results.every((ok) => ok);
}

async function checkAll(waiting: { config: string }[]): Promise<boolean> {
  let ok = true;
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
    ok = (await run('node_modules/typescript/bin/tsc', ['--project', project.config])) && ok;
  }
  return ok;
}
