import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../../outside/server.ts';
import type { Fault, SmallDisk } from './fault.ts';
import { faults } from './index.ts';
import type { Sink } from './sink.ts';

interface Plan {
  readonly place: Place;
  readonly dataDir: string;
  readonly sink: Sink;
  readonly disk?: SmallDisk;
  readonly kills: number;
  /** Absent: as long as each lasts in a long run. */
  readonly faultMs?: number;
  readonly say: (text: string) => void;
}

export interface Trials {
  /** Lets what is planned before this kill happen; afterwards the server must be well again by itself. */
  before(kill: number): Promise<void>;
  readonly happened: readonly string[];
  readonly skipped: readonly string[];
  readonly complaints: readonly string[];
}

const WELL_WITHIN_MS = 30_000;

export const clockFile = (dataDir: string) => path.join(dataDir, 'clock');

/** Each fault once, spread over the kills. */
export function createTrials(plan: Plan): Trials {
  const happened: string[] = [];
  const skipped: string[] = [];
  const complaints: string[] = [];
  const reach = {
    ...{ place: plan.place, dataDir: plan.dataDir, sink: plan.sink, disk: plan.disk },
    setClock: (offsetMs: number) => fs.writeFileSync(clockFile(plan.dataDir), String(offsetMs)),
    complain: (text: string) => void complaints.push(text),
  };
  const suffer = async (fault: Fault) => {
    plan.say(`${fault.name} …`);
    const could = await fault.happen(reach, plan.faultMs ?? fault.longMs);
    (could ? happened : skipped).push(fault.name);
    if (could && !(await isWellSoon(plan.place)))
      complaints.push(`${fault.name}: the server was not well again within ${WELL_WITHIN_MS / 1000} s`);
  };
  return {
    ...{ happened, skipped, complaints },
    async before(kill) {
      for (const [index, fault] of faults.entries()) if (kill === turnOf(index, plan.kills)) await suffer(fault);
    },
  };
}

function turnOf(index: number, kills: number): number {
  return Math.max(1, Math.floor(((index + 1) * kills) / (faults.length + 1)));
}

async function isWellSoon({ url }: Place): Promise<boolean> {
  for (const deadline = Date.now() + WELL_WITHIN_MS; Date.now() < deadline; await sleep(100)) {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (response?.ok === true) return true;
  }
  return false;
}
