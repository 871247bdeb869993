import { createProcesses, type Piece } from './processes.ts';
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
 * Work on what others wrote, in a process of its own: with a deadline in its own processor time (a busy machine makes nothing late), a
 * bound on its memory, and turns that no one sender and no one workspace can fill. Not in a thread: one that runs out of memory takes
 * the server with it, and some loops cannot be ended (docs/adr/0020). `module` exports `work`, a function from one plain value to another.
 * Answers a function that throws GaveUp.
 */
export function apart<Work extends (input: never) => unknown>(
  module: URL,
  { deadlineMs }: { readonly deadlineMs: number },
) {
  return (input: Parameters<Work>[0], asker: Asker): Promise<Awaited<ReturnType<Work>>> =>
    inTurn({ module, deadlineMs, input }, asker);
}

/**
 * The same for what is large: `work` is given the bytes beside its input, and may be a generator; `take` is called with each text, or piece
 * of bytes, that it yields. Neither goes through the server's main thread in one go.
 */
export function apartInPieces<Work extends (input: never, bytes: Uint8Array) => unknown>(
  module: URL,
  { deadlineMs }: { readonly deadlineMs: number },
) {
  return (
    given: {
      readonly input: Parameters<Work>[0];
      readonly bytes: Uint8Array;
      take?(piece: PieceOf<ReturnType<Work>>): void;
    },
    asker: Asker,
  ): Promise<ValueOf<ReturnType<Work>>> => inTurn({ module, deadlineMs, ...given }, asker);
}

type PieceOf<G> = G extends Generator<infer Yielded extends Piece, unknown, void> ? Yielded : never;
type ValueOf<G> = G extends Generator<Piece, infer Value, void> ? Value : Awaited<G>;

interface Piecework {
  readonly module: URL;
  readonly deadlineMs: number;
  readonly input: unknown;
  readonly bytes?: Uint8Array;
  take?(piece: Piece): void;
}

async function inTurn<T>({ module, deadlineMs, ...job }: Piecework, asker: Asker): Promise<T> {
  const end = await turns.take(asker);
  if (end === undefined) throw new GaveUp('busy', 'too much waits for its turn');
  try {
    const ended = await processes.run<T>({ module: module.href, deadlineMs, ...job });
    if (ended === 'late') throw new GaveUp('late', `not done within ${deadlineMs} ms`);
    if (ended === 'died') throw new GaveUp('died', 'its process died of it');
    if ('failed' in ended) throw new GaveUp('failed', ended.failed);
    return ended.value;
  } finally {
    end();
  }
}
