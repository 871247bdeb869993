import { Worker } from 'node:worker_threads';
import type { ParsedMail } from 'mailparser';

/** What the full parser makes of a message. */
export interface LibraryMail extends Pick<ParsedMail, 'from' | 'replyTo' | 'to' | 'subject' | 'text' | 'html'> {
  readonly attachments: readonly LibraryFile[];
}

interface LibraryFile {
  readonly filename?: string | undefined;
  readonly contentType: string;
  readonly cid?: string | undefined;
  readonly content: Uint8Array;
}

const DEADLINE_MS = 10_000;
const MAX_AT_ONCE = 2;
const MAX_HEAP_MB = 768;

const idle = new Set<Worker>();
const turns: (() => void)[] = [];
let running = 0;

/**
 * Undefined when the library fails or takes too long. It runs in a thread of its own: a message of a few hundred kilobytes
 * can keep it busy for minutes or make it wait for ever, and nothing else may stand still meanwhile.
 */
export async function readWithLibrary(raw: Buffer, deadlineMs = DEADLINE_MS): Promise<LibraryMail | undefined> {
  await takeTurn();
  const worker = takeWorker();
  const answer = await ask(worker, raw, deadlineMs);
  if (answer === 'none') void worker.terminate();
  else idle.add(worker);
  giveTurn();
  return answer === 'none' ? undefined : (answer ?? undefined);
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
  const worker = new Worker(new URL('./library-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  worker.unref();
  // Without a listener the end of an idle one would end the server.
  worker.on('error', () => idle.delete(worker));
  return worker;
}

type LibraryAnswer = LibraryMail | null | 'none';

function ask(worker: Worker, raw: Buffer, deadlineMs: number): Promise<LibraryAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: LibraryAnswer) => {
      clearTimeout(late);
      worker.off('message', settle).off('error', none).off('exit', none);
      resolve(answer);
    };
    const none = () => settle('none');
    const late = setTimeout(none, deadlineMs);
    worker.on('message', settle).on('error', none).on('exit', none);
    worker.postMessage(raw);
  });
}
