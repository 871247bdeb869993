import fs from 'node:fs';

/** Seconds that `work` took, by the monotonic clock. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The value below which `share` (0..1) of the values lie; the values need not be sorted. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), p99: percentile(values, 0.99) };
}

/** Linux counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly command: string;
}

/**
 * Seconds of processor time that a server and all of its PostgreSQL have used since they began, ended processes included. Unlike
 * the clock it hardly depends on who else is at work on the machine. Null where there is no /proc.
 */
export function processorSeconds({ pid, dataDir }: { readonly pid: number; readonly dataDir: string }): number | null {
  if (!fs.existsSync('/proc/self/stat')) return null;
  const all = fs.readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readProcess(Number(name)) : []));
  const meant = new Set(all.filter((one) => one.pid === pid || one.command.includes(dataDir)).map((one) => one.pid));
  // Backends are children of the postmaster, which names its folder.
  const ours = all.filter((one) => meant.has(one.pid) || meant.has(one.parent));
  return ours.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND;
}

function readProcess(pid: number): Process[] {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold blanks and brackets: what counts stands behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user, system, endedUser, endedSystem] = [11, 12, 13, 14].map((index) => Number(fields[index]));
    const ticks = (user ?? 0) + (system ?? 0) + (endedUser ?? 0) + (endedSystem ?? 0);
    return [{ pid, parent: Number(fields[1]), ticks, command: fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
