import { Worker } from 'node:worker_threads';
import { parsePlainly } from './parse-email.ts';
import type { ParsedEmail } from './parsed-email.ts';

const DEADLINE_MS = 10_000;
const MAX_AT_ONCE = 2;
const MAX_HEAP_MB = 768;

const idle = new Set<Worker>();
const turns: (() => void)[] = [];
let running = 0;

/**
 * Any bytes become a message, and nothing else stands still meanwhile: reading has a thread of its own, and an end. What it does
 * not finish is read plainly, and says so (`unreadable`). Never throws.
 */
export async function readEmail(raw: Buffer, deadlineMs = DEADLINE_MS): Promise<ParsedEmail> {
  await takeTurn();
  const worker = takeWorker();
  const answer = await ask(worker, raw, deadlineMs);
  const isRead = typeof answer === 'object';
  if (isRead) idle.add(worker);
  else void worker.terminate();
  giveTurn();
  return isRead ? withBuffers(answer) : parsePlainly(raw, answer);
}

// On the way between threads a Buffer becomes the bytes that it is.
function withBuffers(email: ParsedEmail): ParsedEmail {
  const attachments = email.attachments.map(({ content, ...file }) => ({
    ...file,
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  }));
  return { ...email, attachments };
}

async function takeTurn(): Promise<void> {
  if (running >= MAX_AT_ONCE) return new Promise((go) => turns.push(go));
  running += 1;
}

function giveTurn(): void {
  const next = turns.shift();
  if (next === undefined) running -= 1;
  else next();
}

function takeWorker(): Worker {
  const [ready] = idle;
  if (ready === undefined) return startWorker();
  idle.delete(ready);
  return ready;
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  worker.unref();
  // Without a listener the end of an idle one would end the server.
  worker.on('error', () => idle.delete(worker));
  return worker;
}

function ask(worker: Worker, raw: Buffer, deadlineMs: number): Promise<ParsedEmail | 'too-long' | 'failed'> {
  return new Promise((resolve) => {
    const settle = (answer: ParsedEmail | 'too-long' | 'failed') => {
      clearTimeout(late);
      worker.off('message', settle).off('error', failed).off('exit', failed);
      resolve(answer);
    };
    const failed = () => settle('failed');
    const late = setTimeout(() => settle('too-long'), deadlineMs);
    worker.on('message', settle).on('error', failed).on('exit', failed);
    worker.postMessage(raw);
  });
}
