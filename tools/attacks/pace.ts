import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

// How slow the machine is just now: the same small work, again and again in a thread of its own, in that thread's processor time. A processor
// that many programs share does the same in up to three times as much (their data drives each other's out of its memory).

/** Of one piece of work on two idle processors of the kind that these tests are written on. */
const PIECE_MS = 0.8;
const PAUSE_MS = 40;
const FEW = 50;
const text = JSON.stringify(
  Array.from({ length: 2_000 }, (_, n) => ({ n, title: `a title of ${n}`, at: '2026-12-01T10:00:00Z' })),
);

/** Looks at it from now on; `since` answers how many times as much processor time as usual everything took since it was last asked, at least 1. */
export function watchPace(): { since(): Promise<number> } {
  const worker = new Worker(new URL(import.meta.url));
  worker.unref();
  return {
    async since() {
      worker.postMessage('since');
      const [pace] = await once(worker, 'message');
      return Number(pace);
    },
  };
}

if (!isMainThread && parentPort !== null) measure(parentPort);

function measure(port: NonNullable<typeof parentPort>): void {
  // The first times are the compiler's.
  for (let times = 0; times < 200; times += 1) work();
  const spent = [threadMs()];
  let asked = 0;
  setInterval(() => {
    work();
    spent.push(threadMs());
  }, PAUSE_MS);
  port.on('message', () => {
    const last = spent.length - 1;
    // A thread's time is told by the tick: of few pieces nothing can be said.
    const first = Math.max(0, Math.min(asked, last - FEW));
    asked = last;
    const pieceMs = last < FEW ? 0 : ((spent[last] ?? 0) - (spent[first] ?? 0)) / (last - first);
    port.postMessage(Math.max(1, pieceMs / PIECE_MS));
  });
}

function work(): number {
  const rows: unknown = JSON.parse(text);
  return JSON.stringify(rows).replaceAll(/\d+/gu, 'x').length;
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
