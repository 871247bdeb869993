import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.signalbox-installed');

export function isInstalled() {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wantedStamp();
}

export async function installDependencies(node) {
  process.stderr.write('signalbox: installing dependencies …\n');
  const args = fs.existsSync(stamp) ? ['install', '--no-save'] : ['ci'];
  // No install script of any package runs; what they would do for PostgreSQL, embedded-postgres.ts does itself.
  await npm(node, [...args, '--ignore-scripts', '--include=dev', '--include=optional'], root);
  fs.writeFileSync(stamp, wantedStamp());
}

function wantedStamp() {
  const lockfile = fs.readFileSync(path.join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lockfile).digest('hex')} ${process.platform}-${process.arch}\n`;
}
