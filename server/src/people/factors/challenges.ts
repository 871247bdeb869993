import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { loadSecrets } from '../../platform/config/secrets.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { spendChallenge } from './factors.store.ts';

const NONCE_BYTES = 16;
const TIME_BYTES = 6;
const HEAD_BYTES = NONCE_BYTES + TIME_BYTES;
export const VALID_MS = 5 * 60_000;

/**
 * What passkeys sign. A challenge says by itself when and for what it was made: strangers who ask for many fill no table.
 * Only those that were answered are kept, so that each is answered once.
 */
export interface Challenges {
  issue(purpose: string): Buffer;
  /** Was it made here, for this, in the last five minutes? As base64url. */
  isOurs(challenge: string, purpose: string): boolean;
  /** False when it was answered before. */
  spend(tx: Tx, challenge: string): Promise<boolean>;
}

export function createChallenges({ config, clock }: Pick<Context, 'config' | 'clock'>): Challenges {
  const key = loadSecrets(config.dataDir).keyFor('passkey challenges');
  const sign = (head: Buffer, purpose: string) => createHmac('sha256', key).update(head).update(purpose).digest();
  return {
    issue(purpose) {
      const time = Buffer.alloc(TIME_BYTES);
      time.writeUIntBE(clock.now().getTime(), 0, TIME_BYTES);
      const head = Buffer.concat([randomBytes(NONCE_BYTES), time]);
      return Buffer.concat([head, sign(head, purpose)]);
    },
    isOurs(challenge, purpose) {
      const bytes = Buffer.from(challenge, 'base64url');
      const head = bytes.subarray(0, HEAD_BYTES);
      const [given, right] = [bytes.subarray(HEAD_BYTES), sign(head, purpose)];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
      const ageMs = clock.now().getTime() - head.readUIntBE(NONCE_BYTES, TIME_BYTES);
      return ageMs >= 0 && ageMs <= VALID_MS;
    },
    spend: (tx, challenge) => spendChallenge(tx, createHash('sha256').update(challenge).digest(), clock.now()),
  };
}
