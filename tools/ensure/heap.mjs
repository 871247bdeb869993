import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './root.mjs';

const LEAST_MB = 256;
const USUAL_MB = 640;

/**
 * Flags of Node for the server: V8 tidies up before its heap has grown to HEAP_MB (of the environment, else of `.env`), else a quarter of
 * the machine's or the container's memory, 640 MB at most. Left alone it takes a gigabyte of what nobody needs any more.
 */
export function heapFlags(env = process.env, { folder = root, memoryMb = memoryOfMachine() } = {}) {
  if (/--max[-_]old[-_]space[-_]size/.test(env.NODE_OPTIONS ?? '')) return [];
  const asked = Number(env.HEAP_MB?.trim() || fromDotEnv(folder));
  const usual = Math.max(LEAST_MB, Math.min(USUAL_MB, Math.floor(memoryMb / 4)));
  // What is no number the server refuses in words (environment.ts).
  return [`--max-old-space-size=${asked >= LEAST_MB ? Math.floor(asked) : usual}`];
}

function fromDotEnv(folder) {
  const file = path.join(folder, '.env');
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  return /^\s*(?:export\s+)?HEAP_MB\s*=\s*["']?(\d+)/m.exec(text)?.[1] ?? '';
}

function memoryOfMachine() {
  const bound = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.min(os.totalmem(), bound) / 1_048_576;
}
