import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { isOwner } from './owner.ts';
import { isAlive } from './process.ts';
import { type Launching, launchServer, type Server } from './server.ts';

const LOOK_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

interface Keeping extends Omit<Launching, 'port'> {
  /** Told what happened, in a sentence. */
  readonly onNotice: (text: string) => void;
}

/**
 * PostgreSQL ends by itself when its disk is full while it recovers, or when somebody ends it. As long as it is ours to stop, it is
 * then started again where it was, so that what is connected by its address finds it again; until that works, again and again.
 */
export function keepAlive(
  cluster: Cluster,
  first: Server,
  { onNotice, ...launching }: Keeping,
): { dismiss(): Promise<void> } {
  const ending = new AbortController();
  let { pid } = first;
  const revive = async () => {
    for (let pauseMs = LOOK_MS; !ending.signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        ({ pid } = await launchServer(cluster, { ...launching, port: first.port }));
        return onNotice('PostgreSQL had ended and was started again');
      } catch (error) {
        onNotice(
          `PostgreSQL has ended and cannot be started again yet: ${error instanceof Error ? error.message : error}`,
        );
        await pause(pauseMs);
      }
    }
  };
  const pause = (ms: number) => sleep(ms, undefined, { signal: ending.signal, ref: false }).catch(() => {});
  const watch = async () => {
    while (!ending.signal.aborted) {
      await pause(LOOK_MS);
      if (!ending.signal.aborted && !isAlive(pid) && isOwner(cluster)) await revive();
    }
  };
  const watching = watch();
  return {
    async dismiss() {
      ending.abort();
      await watching;
    },
  };
}
