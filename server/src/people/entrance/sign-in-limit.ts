import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../platform/context.ts';
import { inSystem, type Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { createDevices } from './device-cookie.ts';
import { delayMsAfter, networkOf, waitSecondsAfter } from './guess-limits.ts';
import { forgetFailures, lockFailures, setFailures } from './guesses.store.ts';

export interface Guess {
  readonly email: string;
  /** The caller's network address. */
  readonly ip: string;
  readonly headers: IncomingHttpHeaders;
  /** Of the second factor, which has a count of its own: whoever knows the password cannot clear it by giving that. */
  readonly step?: 'second';
}

export interface SignInLimit {
  /**
   * 429 with the seconds to wait after too many wrong passwords of this account, whoever gave them; of a browser in which its
   * owner has signed in before only its own count. Counts as a failure until `succeed`: guesses side by side are counted too.
   * A network that guesses a lot is answered late, never refused. How many of the account have failed in a row.
   */
  begin(guess: Guess): Promise<number>;
  /** The cookie by which the browser is known from now on. */
  succeed(guess: Guess): Promise<string>;
}

export function createSignInLimit({ databases, clock, config }: Context): SignInLimit {
  const devices = createDevices({ config });
  const accountOf = ({ email, headers, step }: Guess) => {
    const device = devices.find(email, headers);
    const known = device === undefined ? 'account' : `device ${device}`;
    return `${step === undefined ? '' : `${step} `}${known} ${email.toLowerCase()}`;
  };
  return {
    async begin(guess) {
      const now = clock.now();
      const counted = await inSystem(databases.system, async (tx) => {
        const wait = await countOfAccount(tx, accountOf(guess), now);
        return { ...wait, ofNetwork: wait.seconds > 0 ? 0 : await countOfNetwork(tx, guess.ip, now) };
      });
      if (counted.seconds > 0) throw tooMany(counted.seconds);
      const isKnown = devices.find(guess.email, guess.headers) !== undefined;
      if (!isKnown) await sleep(delayMsAfter(counted.ofNetwork));
      return counted.failures;
    },
    async succeed(guess) {
      await inSystem(databases.system, async (tx) => {
        await forgetFailures(tx, accountOf(guess));
        const { failures, lastAt } = await lockFailures(tx, `network ${networkOf(guess.ip)}`, clock.now());
        await setFailures(tx, `network ${networkOf(guess.ip)}`, { failures: Math.max(0, failures - 1), lastAt });
      });
      return devices.cookieFor(guess.email);
    },
  };
}

async function countOfAccount(tx: Tx, name: string, now: Date): Promise<{ failures: number; seconds: number }> {
  const { failures, lastAt } = await lockFailures(tx, name, now);
  const seconds = Math.ceil(waitSecondsAfter(failures) - (now.getTime() - lastAt.getTime()) / 1_000);
  if (seconds > 0) return { failures, seconds };
  await setFailures(tx, name, { failures: failures + 1, lastAt: now });
  return { failures: failures + 1, seconds: 0 };
}

const WINDOW_MS = 15 * 60_000;

async function countOfNetwork(tx: Tx, ip: string, now: Date): Promise<number> {
  const name = `network ${networkOf(ip)}`;
  const { failures, lastAt } = await lockFailures(tx, name, now);
  const lately = now.getTime() - lastAt.getTime() > WINDOW_MS ? 0 : failures;
  await setFailures(tx, name, { failures: lately + 1, lastAt: now });
  return lately + 1;
}

function tooMany(seconds: number): UserError {
  const detail = `Too many wrong passwords for this account; try again in ${seconds} seconds`;
  return new UserError({ status: 429, code: 'too-many-attempts', title: 'Wait a moment', detail });
}
