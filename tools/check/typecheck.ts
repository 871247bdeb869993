import path from 'node:path';
import { run } from './base/run.ts';
import { sourceFiles } from './base/source-files.ts';

// The native compiler: a quarter of the processor time. It has no interface for programs, so that what reads our sources
// as a program (dependency-cruiser) needs the older one beside it.
const compiler = 'node_modules/typescript-7/bin/tsc';

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
    ok = (await run(compiler, ['--project', project.config, '--singleThreaded', ...remembering(project)])) && ok;
  }
  return ok;
}

// What it remembers between runs has a form of its own: editors and the boundaries go on with the older compiler.
function remembering({ config }: { config: string }): string[] {
  const name = path.dirname(config) === '.' ? path.basename(config, '.json') : path.dirname(config);
  return ['--tsBuildInfoFile', `.cache/tsc-7/${name}.json`];
}
