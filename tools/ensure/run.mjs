import { spawn } from 'node:child_process';

/** Runs a program to its end with its output on our stderr; rejects when it fails. */
export function run(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', process.stderr, 'inherit'] });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${args.slice(0, 2).join(' ')} failed (${signal ?? `exit code ${code}`})`));
    });
  });
}
