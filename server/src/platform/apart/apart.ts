import { createProcesses } from './processes.ts';
import { type Asker, createTurns } from './turns.ts';

/** Work that was not done: too much waits, it took too long, its process died of it, or it failed. */
export class GaveUp extends Error {
  override readonly name = 'GaveUp';
  readonly why: 'busy' | 'late' | 'died' | 'failed';

  constructor(why: GaveUp['why'], message: string) {
    super(message);
    this.why = why;
  }
}

const HEAP_MB = 256;
const IDLE_MS = 60_000;

const turns = createTurns();
const processes = createProcesses({ heapMb: HEAP_MB, idleMs: IDLE_MS });

/**
 * Work on what others wrote, in a process of its own: with a deadline, which begins with its turn, a bound on its memory, and turns
 * that no one sender and no one workspace can fill. Not in a thread: one that runs out of memory takes the server with it, and some
 * loops cannot be ended (docs/adr/0020). `module` exports `work`, a function from one plain value to another.
 * Answers a function that throws GaveUp.
 */
export function apart<Work extends (input: never) => unknown>(
  module: URL,
  { deadlineMs }: { readonly deadlineMs: number },
) {
  return async (input: Parameters<Work>[0], asker: Asker): Promise<Awaited<ReturnType<Work>>> => {
    const end = await turns.take(asker);
    if (end === undefined) throw new GaveUp('busy', 'too much waits for its turn');
    try {
      const ended = await processes.run<Awaited<ReturnType<Work>>>({ module: module.href, input, deadlineMs });
      if (ended === 'late') throw new GaveUp('late', `not done within ${deadlineMs} ms`);
      if (ended === 'died') throw new GaveUp('died', 'its process died of it');
      if ('failed' in ended) throw new GaveUp('failed', ended.failed);
      return ended.value;
    } finally {
      end();
    }
  };
}
