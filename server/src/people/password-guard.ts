import type { Context } from '../platform/context.ts';
import { inSystem, inWorkspace, type Tx } from '../platform/db.ts';
import { listEmployeesByEmail } from './employees.store.ts';
import { isWorthTelling } from './entrance/guess-limits.ts';
import { createSignInLimit, type Guess } from './entrance/sign-in-limit.ts';
import { recordFailure } from './record-sign-in.ts';

/** That somebody guesses at the password of an employee: `failures` times in a row by now, from `address`. */
export interface Guessing {
  readonly employeeId: number;
  readonly failures: number;
  readonly address: string;
  readonly now: Date;
  /** They know the password already. */
  readonly ofSecond: boolean;
}

/** What people are told in their bell; in a transaction of their workspace. */
export interface Tell {
  guesses(tx: Tx, guessing: Guessing): Promise<void>;
  /** A link of a mail set their password. */
  passwordReset(
    tx: Tx,
    told: { readonly employeeId: number; readonly address: string; readonly now: Date },
  ): Promise<void>;
  /** Somebody took their second factors away. */
  factorsTaken(tx: Tx, told: { readonly employeeId: number; readonly now: Date }): Promise<void>;
}

export interface PasswordGuard {
  /**
   * Judges a password as one of few guesses: 429 after too many wrong ones. What `judge` answers, and the cookie by which the
   * browser is known from now on. A wrong one is written down, and after several the owner is told.
   */
  judge<T>(guess: Guess, judge: () => Promise<T>): Promise<{ readonly result: T; readonly deviceCookie: string }>;
}

export function createPasswordGuard(context: Context, tell: Pick<Tell, 'guesses'>): PasswordGuard {
  const limit = createSignInLimit(context);
  return {
    async judge(guess, judge) {
      const failures = await limit.begin(guess);
      const result = await judge().catch((error: unknown) => {
        // Nobody waits for it: how long an answer takes must not tell which addresses are known.
        noteFailure(context, { guess, failures, tell }).catch((failure: unknown) =>
          context.log.error({ err: failure }, 'a wrong sign-in could not be written down'),
        );
        throw error;
      });
      return { result, deviceCookie: await limit.succeed(guess) };
    },
  };
}

interface Failed {
  readonly guess: Guess;
  readonly failures: number;
  readonly tell: Pick<Tell, 'guesses'>;
}

async function noteFailure({ databases, clock }: Context, { guess, failures, tell }: Failed): Promise<void> {
  await recordFailure(databases, guess);
  if (!isWorthTelling(failures)) return;
  const owners = await inSystem(databases.system, (tx) => listEmployeesByEmail(tx, guess.email));
  for (const { id, workspaceId } of owners) {
    const guessing = {
      employeeId: id,
      failures,
      address: guess.ip,
      now: clock.now(),
      ofSecond: guess.step === 'second',
    };
    await inWorkspace(databases.app, workspaceId, (tx) => tell.guesses(tx, guessing));
  }
}
