import { execFile } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { root } from './base/run.ts';
import { sourceFiles } from './base/source-files.ts';

/** Where our sources stand. */
export const sourceFolders = ['automation/src', 'contract/src', 'server/src', 'web/src', 'widget/src', 'tools', 'e2e'];

const report = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Every module with what it imports, and what breaks the rules of .dependency-cruiser.cjs. */
export async function cruise(): Promise<z.infer<typeof report>> {
  return report.parse(JSON.parse(await runCruiser()));
}

function runCruiser(): Promise<string> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const present = sourceFolders.filter((folder) => sourceFiles(folder).length > 0);
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...present];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      // It exits with the number of violations, which its report holds.
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(new Error(`dependency-cruiser failed: ${stderr}`, { cause: error }));
    });
  });
}
