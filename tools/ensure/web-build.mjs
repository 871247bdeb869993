import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { cache, root } from './root.mjs';
import { run } from './run.mjs';

// What each app is made of besides its own folder.
const apps = [
  { name: 'web', sources: ['web', 'contract/src', 'automation/src'] },
  { name: 'widget', sources: ['widget', 'contract/src'] },
];

export function staleApps() {
  return apps.filter((app) => hasConfig(app) && (!isBuilt(app) || readStamp(app) !== wantedStamp(app)));
}

export async function buildStale(node) {
  for (const app of staleApps()) await build(node, app);
}

// Built aside and swapped in, so that a running server never serves half an app.
async function build(node, app) {
  process.stderr.write(`signalbox: building the ${app.name} app …\n`);
  const wanted = wantedStamp(app);
  const cwd = path.join(root, app.name);
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  await run(node, [vite, 'build', '--outDir', 'dist.next', '--emptyOutDir', '--logLevel', 'warn'], { cwd });
  fs.rmSync(path.join(cwd, 'dist'), { recursive: true, force: true });
  fs.renameSync(path.join(cwd, 'dist.next'), path.join(cwd, 'dist'));
  fs.writeFileSync(stampFile(app), wanted);
}

function hasConfig(app) {
  return fs.existsSync(path.join(root, app.name, 'vite.config.ts'));
}

function isBuilt(app) {
  return fs.existsSync(path.join(root, app.name, 'dist'));
}

function readStamp(app) {
  return fs.existsSync(stampFile(app)) ? fs.readFileSync(stampFile(app), 'utf8') : '';
}

function stampFile(app) {
  return path.join(cache, `${app.name}-build`);
}

// Names, sizes and times instead of contents: a second start has to cost next to nothing.
function wantedStamp(app) {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'package-lock.json')));
  for (const folder of app.sources) addFolder(hash, path.join(root, folder));
  return hash.digest('hex');
}

function addFolder(hash, folder) {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (/^(node_modules|dist|dist\.next|coverage)$|\.test\.tsx?$/.test(entry.name)) continue;
    if (entry.isDirectory()) addFolder(hash, file);
    else addFile(hash, file);
  }
}

function addFile(hash, file) {
  const { size, mtimeMs } = fs.statSync(file);
  hash.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`);
}
