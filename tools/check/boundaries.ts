import { execFile } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { root } from './run.ts';
import { sourceFiles } from './source-files.ts';

const folders = ['automation/src', 'contract/src', 'server/src', 'web/src', 'widget/src'];

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** The import picture of docs/architecture.md, as .dependency-cruiser.cjs has it. */
export async function checkBoundaries(): Promise<boolean> {
  const { modules, summary } = report.parse(JSON.parse(await cruise()));
  for (const { rule, from, to } of summary.violations) console.log(`${rule.name}\n    ${from} → ${to}`);

  // A parser that does not fit the installed TypeScript sees no modules and finds nothing wrong with them.
  const cruised = new Set(modules.map(({ source }) => source));
  const overlooked = folders.flatMap(sourceFiles).filter((file) => !cruised.has(file));
  if (overlooked.length > 0) console.log(`${overlooked.length} files were not looked at, e.g. ${overlooked[0]}`);

  console.log(`${cruised.size} modules, ${summary.violations.length} violations`);
  return overlooked.length === 0 && summary.violations.length === 0;
}

function cruise(): Promise<string> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const present = folders.filter((folder) => sourceFiles(folder).length > 0);
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...present];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      // It exits with the number of violations, which its report holds.
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(new Error(`dependency-cruiser failed: ${stderr}`, { cause: error }));
    });
  });
}
