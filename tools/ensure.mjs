#!/usr/bin/env node
// node tools/ensure.mjs [--web] [script [arguments]]
// Sets up whatever this clone lacks, then runs the script with a modern Node. Plain JavaScript without
// dependencies: it has to run on any Node >= 20 before anything is installed. See docs/adr/0001-node-provisioning.md.
import path from 'node:path';
import { handOver } from './ensure/hand-over.mjs';
import { heapFlags } from './ensure/heap.mjs';
import { installDependencies, isInstalled } from './ensure/install.mjs';
import { withLock } from './ensure/lock.mjs';
import { fetchNode, isNodeAt, modernNode } from './ensure/modern-node.mjs';
import { root } from './ensure/root.mjs';
import { buildStale, staleApps } from './ensure/web-build.mjs';

const argv = process.argv.slice(2);
const wantsWeb = argv[0] === '--web';
const [script, ...rest] = wantsWeb ? argv.slice(1) : argv;

try {
  if (!isReady()) await withLock(provision);
} catch (error) {
  process.stderr.write(`signalbox: ${error.message}\n`);
  process.exit(1);
}

if (script !== undefined) handOver(modernNode(), [...flags(), path.join(root, script), ...rest]);

function flags() {
  return script === 'server/src/main.ts' ? heapFlags() : [];
}

function isReady() {
  return isNodeAt(modernNode()) && isInstalled() && (!wantsWeb || staleApps().length === 0);
}

async function provision() {
  if (!isNodeAt(modernNode())) await fetchNode();
  if (!isInstalled()) await installDependencies(modernNode());
  if (wantsWeb) await buildStale(modernNode());
}
