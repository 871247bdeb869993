import { createHmac, randomBytes } from 'node:crypto';
import type { Config } from '../../platform/config/config.ts';
import { loadSecrets } from '../../platform/config/secrets.ts';
import type { Tx } from '../../platform/db.ts';
import { plainCode, readableCode } from '../entrance/readable-code.ts';
import { replaceRecoveryCodes } from './factors.store.ts';

const COUNT = 10;

/** Ten new codes, good once each; to be shown now and never again. The earlier ones open nothing any more. */
export async function renewRecoveryCodes(
  tx: Tx,
  config: Pick<Config, 'dataDir'>,
  accountId: string,
): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => readableCode(randomBytes(12)));
  const hashes = codes.map((code) => hashRecoveryCode(config, code));
  await replaceRecoveryCodes(tx, accountId, hashes);
  return codes;
}

/** By a key that is not in the database. */
export function hashRecoveryCode({ dataDir }: Pick<Config, 'dataDir'>, code: string): Buffer {
  return createHmac('sha256', loadSecrets(dataDir).keyFor('recovery codes')).update(plainCode(code)).digest();
}
