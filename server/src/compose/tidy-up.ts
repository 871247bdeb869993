import { removeOldCounts } from '../channels/email/strangers/new-senders.store.ts';
import { removeOldFailures } from '../people/entrance/guesses.store.ts';
import { VALID_MS } from '../people/factors/challenges.ts';
import { removeOldChallenges } from '../people/factors/factors.store.ts';
import { removeOldResets } from '../people/reset/resets.store.ts';
import type { Context } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { removeOldAnswers } from '../platform/http/idempotency.ts';

/** Removes what only had to be known for a day: wrong passwords, answers to an Idempotency-Key and of passkeys, counts of new senders. */
export async function tidyUp({ databases, clock }: Pick<Context, 'databases' | 'clock'>): Promise<void> {
  await inSystem(databases.system, (tx) => removeOldFailures(tx, clock.now()));
  await inSystem(databases.system, removeOldAnswers);
  await inSystem(databases.system, (tx) => removeOldResets(tx, clock.now()));
  const before = new Date(clock.now().getTime() - VALID_MS);
  await inSystem(databases.system, (tx) => removeOldChallenges(tx, before));
  await inSystem(databases.system, (tx) => removeOldCounts(tx, clock.now()));
}
