import type { Clock } from '../../platform/clock.ts';
import { UserError } from '../../platform/errors.ts';

const MAX_FAILURES = 8;
const MAX_FAILURES_OF_ADDRESS = 60;
const WINDOW_MS = 5 * 60_000;
const MAX_ENTRIES = 10_000;

export interface Guess {
  readonly email: string;
  /** The caller's network address. */
  readonly ip: string;
}

/** Slows down guessing of passwords: by e-mail address and the caller's network address together, and by the latter alone. */
export function createSignInLimit(clock: Clock) {
  const failures = new Map<string, { count: number; until: number }>();
  const read = (key: string) => {
    const entry = failures.get(key);
    return entry !== undefined && entry.until > clock.now().getTime() ? entry : undefined;
  };
  const add = (key: string, count: number) => {
    // The oldest goes: who fills the memory with other names does not get rid of their own.
    const [oldest] = failures.keys();
    if (failures.size >= MAX_ENTRIES && oldest !== undefined && !failures.has(key)) failures.delete(oldest);
    failures.set(key, { count: (read(key)?.count ?? 0) + count, until: clock.now().getTime() + WINDOW_MS });
  };
  return {
    /** 429 with the seconds to wait after too many failures. Counts as a failure until `succeed`: guesses side by side are counted too. */
    begin(guess: Guess): void {
      const now = clock.now().getTime();
      const limits = limitsOf(guess);
      const blocked = limits
        .map(({ key, most }) => ({ most, entry: read(key) }))
        .find(({ most, entry }) => (entry?.count ?? 0) >= most);
      if (blocked?.entry !== undefined) throw tooMany(Math.ceil((blocked.entry.until - now) / 1_000));
      for (const { key } of limits) add(key, 1);
    },
    succeed(guess: Guess): void {
      const [own, address] = limitsOf(guess);
      if (own !== undefined) failures.delete(own.key);
      if (address !== undefined) add(address.key, -1);
    },
  };
}

function limitsOf({ email, ip }: Guess): { key: string; most: number }[] {
  return [
    { key: `${email.toLowerCase()} ${ip}`, most: MAX_FAILURES },
    { key: ip, most: MAX_FAILURES_OF_ADDRESS },
  ];
}

function tooMany(seconds: number): UserError {
  const detail = `Too many wrong passwords; try again in ${seconds} seconds`;
  return new UserError({ status: 429, code: 'too-many-attempts', title: 'Wait a moment', detail });
}
