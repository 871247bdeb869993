import os from 'node:os';
import { Worker } from 'node:worker_threads';

// A process of its own for work on what others wrote: see apart.ts. It has no secrets, and may read nothing but the program.

/** What the server sends: what is large comes before the rest, in slices. */
type Sent =
  | { readonly slice: Uint8Array }
  | { readonly more: true }
  | { readonly module: string; readonly input: unknown; readonly hasBytes: boolean };

// Whoever waits for the server's main thread comes before it.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

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
  { module, input }: { readonly module: string; readonly input: unknown },
  bytes: Uint8Array | undefined,
): Promise<{ value: unknown } | { failed: string }> {
  try {
    const { work } = await import(module);
    return { value: await inPieces(await work(input, bytes)) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
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

// Whoever is busy does not hear that its parent is gone.
const look = `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), 1000)`;
new Worker(look, { eval: true, stdout: true, stderr: true }).unref();
