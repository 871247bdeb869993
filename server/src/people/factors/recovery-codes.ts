import { createHmac, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Config } from '../../platform/config/config.ts';
import { loadSecrets } from '../../platform/config/secrets.ts';
import type { Tx } from '../../platform/db.ts';
import { plainCode, readableCode } from '../entrance/readable-code.ts';
import { replaceRecoveryCodes } from './factors.store.ts';

type Place = Pick<Config, 'dataDir'>;
type Slowly = (code: string, salt: Buffer, length: number) => Promise<Buffer>;

const COUNT = 10;
const HASH_BYTES = 32;
const slowly: Slowly = promisify(scrypt);

/** Ten new codes, good once each; to be shown now and never again. The earlier ones open nothing any more. */
export async function renewRecoveryCodes(tx: Tx, place: Place, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => readableCode(randomBytes(12)));
  const hashes = await Promise.all(codes.map((code) => hashSlowly(place, accountId, code)));
  await replaceRecoveryCodes(tx, accountId, hashes);
  return codes;
}

/** What it may be kept as: slowly, salted for its account by a key that is not in the database; codes of before by the key alone. */
export async function hashesOf(place: Place, accountId: string, code: string): Promise<Buffer[]> {
  return [await hashSlowly(place, accountId, code), keyed(place).update(plainCode(code)).digest()];
}

const hashSlowly = (place: Place, accountId: string, code: string) =>
  slowly(plainCode(code), keyed(place).update(`salt ${accountId}`).digest(), HASH_BYTES);

const keyed = ({ dataDir }: Place) => createHmac('sha256', loadSecrets(dataDir).keyFor('recovery codes'));
