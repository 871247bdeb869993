import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

/** Runs the machine's npm under the given Node: npm on an old Node would pick old packages. */
export async function npm(node, args, cwd) {
  const env = { ...cleanEnvironment(), PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  await run(node, [npmCli(), ...args, ...quiet], { cwd, env });
}

// What `npm start` tells its scripts would make a nested npm work on the wrong folder.
function cleanEnvironment() {
  const misleading =
    /^(npm_(package|lifecycle)_|npm_config_(local_prefix|prefix|workspaces?|include_workspace_root|omit|production|global)$|NODE_ENV$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.test(name)));
}

function npmCli() {
  const bin = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath?.replace(/npx-cli\.js$/, 'npm-cli.js'),
    path.join(bin, '../lib/node_modules/npm/bin/npm-cli.js'),
    path.join(bin, 'node_modules/npm/bin/npm-cli.js'),
    npmOnPath(),
  ];
  const found = candidates.find((file) => file?.endsWith('npm-cli.js') && fs.existsSync(file));
  if (found === undefined) throw new Error('npm was not found; please install it beside Node');
  return found;
}

function npmOnPath() {
  try {
    const globalModules = execFileSync('npm', ['root', '--global'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    return path.join(globalModules.trim(), 'npm/bin/npm-cli.js');
  } catch {
    return undefined;
  }
}
