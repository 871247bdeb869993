import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cache } from './root.mjs';

const followParent = new URL('./follow-parent.mjs', import.meta.url);

/** Runs the script as a child of this process, which from now on only passes signals down and the exit code up. */
export function handOver(node, args) {
  const env = {
    // What was compiled once is kept: a third of the processor time of a server's start.
    NODE_COMPILE_CACHE: path.join(cache, 'compiled'),
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
  };
  const flags = ['--disable-warning=ExperimentalWarning', '--import', followParent.href];
  const child = spawn(node, [...flags, ...args], { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) onParentGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`signalbox: ${node} did not start: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal] ?? 0)));
}

// npm passes a signal to the shell between it and us, and that shell dies without passing it on. When npm itself is
// killed hard, the shell stays.
function onParentGone(stop) {
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    stop();
  }, 200);
  timer.unref();
}

function ancestors() {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

function parentOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[1];
  } catch {
    return '';
  }
}
