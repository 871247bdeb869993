import { quotaReached } from '../../platform/quotas/check-quota.ts';

interface KeyCalls {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly keyId: number;
}

export interface CallMeter {
  /** One call more of this key in this minute; throws UserError `quota` when that is one too many. */
  count(key: KeyCalls, limit: number): void;
  /** The key of the workspace that calls the most in this minute, and how often. */
  most(workspaceId: number): { readonly employeeId: number | null; readonly used: number };
}

const MINUTE_MS = 60_000;

/** How often each key calls, in this process: a program that has gone wild is told to wait, and others go on. */
export function createCallMeter(now: () => number = () => performance.now()): CallMeter {
  let minute = -1;
  const calls = new Map<string, KeyCalls & { used: number }>();
  const turnMinute = () => {
    const current = Math.floor(now() / MINUTE_MS);
    if (current !== minute) calls.clear();
    minute = current;
  };
  return {
    count(key, limit) {
      turnMinute();
      const name = `${key.workspaceId} ${key.keyId}`;
      const own = calls.get(name) ?? { ...key, used: 0 };
      calls.set(name, own);
      if (own.used >= limit)
        throw quotaReached('calls-of-key', limit, Math.ceil((MINUTE_MS - (now() % MINUTE_MS)) / 1_000));
      own.used += 1;
    },
    most(workspaceId) {
      turnMinute();
      const own = [...calls.values()].filter((one) => one.workspaceId === workspaceId);
      const [most] = own.toSorted((a, b) => b.used - a.used);
      return { employeeId: most?.employeeId ?? null, used: most?.used ?? 0 };
    },
  };
}
