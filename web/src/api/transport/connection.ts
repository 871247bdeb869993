import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let lost = false;

/** False while the server does not answer; the bar on top shows it. */
export const useConnected = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => !lost,
  );

export function reportConnection(connected: boolean) {
  if (lost === !connected) return;
  lost = !connected;
  for (const listener of listeners) listener();
}
