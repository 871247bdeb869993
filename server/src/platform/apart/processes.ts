import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { rootFolder } from '../config/config.ts';
import { ownTurn, SLICE_BYTES } from './breathe.ts';

/** How work in a process ended: done, it failed, it took too long, the process died of it (mostly for want of memory). */
export type Ended<T> = { readonly value: T } | { readonly failed: string } | 'late' | 'died';

export interface ProcessLimits {
  readonly heapMb: number;
  /** An idle process ends after so long, and gives its memory back. */
  readonly idleMs: number;
}

/** A text or bytes, as the work yields them. */
export type Piece = string | Uint8Array;

interface Job {
  /** The address of a module with a function `work`. */
  readonly module: string;
  readonly input: unknown;
  /** Of processor time, from when its module is there. */
  readonly deadlineMs: number;
  /** What is large in what goes in: sent in slices. */
  readonly bytes?: Uint8Array | undefined;
  /** Takes what comes out in pieces, one after the other. */
  take?(piece: Piece): void;
}

/** Processes that are used again after work that ended well, and killed after any other. */
export function createProcesses({ heapMb, idleMs }: ProcessLimits) {
  const idle = new Map<ChildProcess, NodeJS.Timeout>();

  function forget(child: ChildProcess): void {
    clearTimeout(idle.get(child));
    idle.delete(child);
  }

  function take(): ChildProcess {
    const ready = [...idle.keys()].at(-1);
    if (ready === undefined) return start(heapMb, forget);
    forget(ready);
    return ready;
  }

  function rest(child: ChildProcess): void {
    idle.set(child, setTimeout(() => child.disconnect(), idleMs).unref());
  }

  return {
    async run<T>(job: Job): Promise<Ended<T>> {
      const child = take();
      const ended = await ask<T>(child, job);
      if (typeof ended === 'object') rest(child);
      else child.kill('SIGKILL');
      return ended;
    },
  };
}

const script = new URL('./apart-process.ts', import.meta.url);
/** Nothing of the settings: they hold passwords. */
const passedOn = ['PATH', 'TZ', 'NODE_COMPILE_CACHE'];

function start(heapMb: number, onEnd: (child: ChildProcess) => void): ChildProcess {
  const child = fork(fileURLToPath(script), {
    execArgv: [
      ...['--permission', `--allow-fs-read=${rootFolder}/`, '--allow-worker', `--max-old-space-size=${heapMb}`],
      // Helpers that tidy up would not have its low priority.
      '--single-threaded-gc',
    ],
    env: Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.once('exit', () => onEnd(child));
  // What it could not be sent is told by its end.
  child.on('error', () => {});
  hold(child, false);
  return child;
}

// The server may end while a process is idle.
function hold(child: ChildProcess, isBusy: boolean): void {
  if (isBusy) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

async function ask<T>(child: ChildProcess, { module, input, deadlineMs, bytes, take }: Job): Promise<Ended<T>> {
  const ended = answerOf<T>(child, { deadlineMs, take });
  for (let from = 0; bytes !== undefined && from < bytes.length && child.connected; from += SLICE_BYTES) {
    // A view is sent with all that lies behind it.
    child.send({ slice: Uint8Array.prototype.slice.call(bytes, from, from + SLICE_BYTES) }, () => {});
    await ownTurn();
  }
  if (child.connected)
    child.send({ module, input, deadlineMs, hasBytes: bytes !== undefined }, (error) => error && child.kill('SIGKILL'));
  return ended;
}

type Told<T> = { readonly begun: true } | { readonly piece: Piece } | Exclude<Ended<T>, string>;

/** A machine that is busy with something else lets a process of low priority wait. */
const BEGINS_WITHIN_MS = 120_000;
/** Its deadline is one of processor time, which it watches itself; this is for what waits without doing anything. */
const MOST_TIMES_DEADLINE = 6;

function answerOf<T>(child: ChildProcess, { deadlineMs, take }: Pick<Job, 'deadlineMs' | 'take'>): Promise<Ended<T>> {
  return new Promise((resolve) => {
    const settle = (ended: Ended<T>) => {
      clearTimeout(bound);
      child.off('message', hear).off('exit', died);
      hold(child, false);
      resolve(ended);
    };
    const late = () => settle('late');
    let bound = setTimeout(late, BEGINS_WITHIN_MS);
    const hear = (told: Told<T>) => {
      if ('begun' in told) {
        clearTimeout(bound);
        bound = setTimeout(late, deadlineMs * MOST_TIMES_DEADLINE);
      } else if ('piece' in told) {
        take?.(told.piece);
        child.send({ more: true }, () => {});
      } else settle(told);
    };
    const died = (_: number | null, signal: string | null) => settle(signal === 'SIGXCPU' ? 'late' : 'died');
    hold(child, true);
    child.on('message', hear).once('exit', died);
  });
}
