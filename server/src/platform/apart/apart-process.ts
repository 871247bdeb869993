import { Worker } from 'node:worker_threads';

// A process of its own for work on what others wrote: see apart.ts. It has no secrets, and may read nothing but the program.

process.on('message', async ({ module, input }: { readonly module: string; readonly input: unknown }) => {
  process.send?.(await answerOf(module, input));
});
process.on('disconnect', () => process.exit());

async function answerOf(module: string, input: unknown): Promise<{ value: unknown } | { failed: string }> {
  try {
    const { work } = await import(module);
    return { value: await work(input) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// Whoever is busy does not hear that its parent is gone.
const look = `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), 1000)`;
new Worker(look, { eval: true, stdout: true, stderr: true }).unref();
