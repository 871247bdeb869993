import type { Clock } from '../platform/clock.ts';
import { UserError } from '../platform/errors.ts';

const MAX_FAILURES = 8;
const WINDOW_MS = 5 * 60_000;
const MAX_ENTRIES = 10_000;

/** Slows down guessing of passwords: by e-mail address and the caller's network address together, and by the latter alone. */
export function createSignInLimit(clock: Clock) {
  const failures = new Map<string, { count: number; until: number }>();
  const read = (key: string) => {
    const entry = failures.get(key);
    return entry !== undefined && entry.until > clock.now().getTime() ? entry : undefined;
  };
  return {
    /** 429 with the seconds to wait after too many failures. */
    check(keys: readonly string[]): void {
      const blocked = keys.map(read).find((entry) => entry !== undefined && entry.count >= MAX_FAILURES);
      if (blocked !== undefined) throw tooMany(Math.ceil((blocked.until - clock.now().getTime()) / 1_000));
    },
    fail(keys: readonly string[]): void {
      if (failures.size > MAX_ENTRIES) failures.clear();
      for (const key of keys) {
        const until = clock.now().getTime() + WINDOW_MS;
        failures.set(key, { count: (read(key)?.count ?? 0) + 1, until });
      }
    },
    succeed(keys: readonly string[]): void {
      for (const key of keys) failures.delete(key);
    },
  };
}

function tooMany(seconds: number): UserError {
  const detail = `Too many wrong passwords; try again in ${seconds} seconds`;
  return new UserError({ status: 429, code: 'too-many-attempts', title: 'Wait a moment', detail });
}
