import { useSyncExternalStore } from 'react';

const everyMs = 20_000;
const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time of day for "2 min ago": one timer for the whole page. */
export const useNow = () => useSyncExternalStore(listen, () => now);

function listen(listener: () => void) {
  listeners.add(listener);
  now = new Date();
  timer ??= setInterval(tick, everyMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop();
  };
}

function tick() {
  now = new Date();
  for (const listener of listeners) listener();
}

function stop() {
  clearInterval(timer);
  timer = undefined;
}
