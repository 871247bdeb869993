import fs from 'node:fs';
import v8 from 'node:v8';
import { isMainThread } from 'node:worker_threads';

// Loaded before the server that is attacked (NODE_OPTIONS=--import): what it did between two turns of its event loop, in
// processor time of the main thread, so that a busy machine makes nothing look slow.

const EVERY_MS = 5;
/** Asking for it takes a tenth of a millisecond of the thread that is watched. */
const MEMORY_EVERY_MS = 50;

const file = process.env.WATCH_MAIN_THREAD;
if (isMainThread && file !== undefined) watch(file);

function watch(file: string): void {
  let [longestMs, mostBytes] = [0, 0];
  let before = process.threadCpuUsage();
  const look = () => {
    const now = process.threadCpuUsage();
    longestMs = Math.max(longestMs, (now.user + now.system - before.user - before.system) / 1_000);
    before = now;
  };
  const weigh = () => {
    mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
  };
  setInterval(look, EVERY_MS).unref();
  setInterval(weigh, MEMORY_EVERY_MS).unref();
  process.on('SIGUSR2', () => {
    look();
    weigh();
    fs.writeFileSync(
      `${file}.new`,
      JSON.stringify({ longestMs, mostBytes, heapBytes: v8.getHeapStatistics().heap_size_limit }),
    );
    fs.renameSync(`${file}.new`, file);
    [longestMs, mostBytes] = [0, 0];
    before = process.threadCpuUsage();
  });
}
