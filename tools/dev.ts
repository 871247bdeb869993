import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { heapFlags } from './ensure/heap.mjs';

// The server, started anew at each change of its sources, and the web app with hot reloading at its own port.
const root = path.resolve(import.meta.dirname, '..');
const children = [
  start([...heapFlags(), '--watch', '--watch-preserve-output', 'server/src/main.ts'], root),
  start([path.join(root, 'node_modules/vite/bin/vite.js')], path.join(root, 'web')),
];

process.on('SIGINT', stopAll);
process.on('SIGTERM', stopAll);

function start(args: string[], cwd: string): ChildProcess {
  const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
  child.on('exit', stopAll);
  return child;
}

function stopAll(): void {
  for (const child of children) child.kill('SIGTERM');
}
