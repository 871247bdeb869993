import os from 'node:os';
import { Worker } from 'node:worker_threads';

// A process of its own for work on what others wrote: see apart.ts. It has no secrets, and may read nothing but the program.

const LOOK_EVERY_MS = 250;

/** What the server sends: what is large comes before the rest, in slices. */
type Sent =
  | { readonly slice: Uint8Array }
  | { readonly more: true }
  | { readonly module: string; readonly input: unknown; readonly deadlineMs: number; readonly hasBytes: boolean };

// Whoever waits for the server's main thread comes before it.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

/** Up to how much processor time of this process, in microseconds, its present work may go on; 0 when there is none. */
const limit = new BigInt64Array(new SharedArrayBuffer(8));

let slices: Uint8Array[] = [];
let goOn = () => {};

process.on('message', async (sent: Sent) => {
  if ('slice' in sent) slices.push(sent.slice);
  else if ('more' in sent) goOn();
  else {
    const bytes = sent.hasBytes ? Buffer.concat(slices) : undefined;
    slices = [];
    process.send?.(await answerOf(sent, bytes));
  }
});
process.on('disconnect', () => process.exit());

async function answerOf(
  { module, input, deadlineMs }: { readonly module: string; readonly input: unknown; readonly deadlineMs: number },
  bytes: Uint8Array | undefined,
): Promise<{ value: unknown } | { failed: string }> {
  try {
    const { work } = await import(module);
    process.send?.({ begun: true });
    const { user, system } = process.cpuUsage();
    Atomics.store(limit, 0, BigInt(user + system + deadlineMs * 1_000));
    return { value: await inPieces(await work(input, bytes)) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    Atomics.store(limit, 0, 0n);
  }
}

// What a generator yields goes before its value, each piece when the one before it has been taken.
async function inPieces(made: unknown): Promise<unknown> {
  if (!isGenerator(made)) return made;
  for (;;) {
    const { done, value } = made.next();
    if (done) return value;
    const taken = new Promise<void>((go) => {
      goOn = go;
    });
    process.send?.({ piece: value });
    await taken;
  }
}

function isGenerator(made: unknown): made is Generator {
  return typeof made === 'object' && made !== null && Object.prototype.toString.call(made) === '[object Generator]';
}

// Whoever is busy hears neither that its parent is gone nor that its time is over.
const look = `
  const limit = require('node:worker_threads').workerData;
  setInterval(() => {
    const { user, system } = process.cpuUsage();
    const most = Atomics.load(limit, 0);
    if (most !== 0n && BigInt(user + system) > most) process.kill(process.pid, 'SIGXCPU');
    if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL');
  }, ${LOOK_EVERY_MS})`;
new Worker(look, { eval: true, workerData: limit, stdout: true, stderr: true }).unref();
