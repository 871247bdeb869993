import { setTimeout as sleep } from 'node:timers/promises';
import { postmasterOf } from './disk-faults.ts';
import type { Fault } from './fault.ts';

const AGAIN_MS = 100;

/** PostgreSQL ends whenever it has started: it is gone for that long. */
export const databaseGone: Fault = {
  name: 'PostgreSQL gone',
  longMs: 60_000,
  async happen({ dataDir, place, complain }, forMs) {
    let wasUnwell = false;
    for (const end = Date.now() + forMs; Date.now() < end; await sleep(AGAIN_MS)) {
      const pid = postmasterOf(dataDir);
      if (pid !== 0) endAtOnce(pid);
      wasUnwell ||= await isUnwell(place.url);
    }
    if (!wasUnwell) complain('/healthz said that all was well while PostgreSQL was gone');
    return true;
  },
};

function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended already.
  }
}

async function isUnwell(url: string): Promise<boolean> {
  try {
    return !(await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return true;
  }
}
