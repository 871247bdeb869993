import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readOrMakeSecret } from './secrets.ts';

/** Keeps texts unreadable for whoever has the database and not DATA_DIR. `purpose` is part of it: what is sealed for one opens for no other. */
export interface Vault {
  seal(text: string, purpose: string): string;
  /** What was sealed; a text that was not is answered as it is. Throws when no key of the file fits. */
  unseal(text: string, purpose: string): string;
  /** Is it sealed with the newest key? */
  isSealed(text: string): boolean;
}

const MARK = 'sealed:';

/** The keys are the lines of `DATA_DIR/channel-keys`, the newest first; machines that share a database must share this file. */
export function openVault(dataDir: string): Vault {
  const file = fileOf(dataDir);
  readOrMakeSecret(file);
  return {
    seal(text, purpose) {
      const { id, key } = newest(file);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${MARK}${id}:${Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64url')}`;
    },
    unseal(text, purpose) {
      if (!text.startsWith(MARK)) return text;
      const [id, body = ''] = text.slice(MARK.length).split(':');
      const known = keysOf(file).find((one) => one.id === id);
      if (known === undefined)
        throw new Error('A secret was sealed with a key that DATA_DIR/channel-keys does not hold');
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', known.key, bytes.subarray(0, 12)).setAAD(Buffer.from(purpose));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    isSealed: (text) => text.startsWith(`${MARK}${newest(file).id}:`),
  };
}

/** From now on a new key seals; those before still open. */
export function addVaultKey(dataDir: string): void {
  writeKeys(dataDir, [randomBytes(32).toString('base64url'), ...linesOf(fileOf(dataDir))]);
}

/** Nothing is sealed with the earlier keys any more. */
export function dropOldVaultKeys(dataDir: string): void {
  writeKeys(dataDir, linesOf(fileOf(dataDir)).slice(0, 1));
}

const fileOf = (dataDir: string) => path.join(dataDir, 'channel-keys');

// Written aside and renamed: a running server reads either all of the old file or all of the new.
function writeKeys(dataDir: string, lines: readonly string[]): void {
  const draft = `${fileOf(dataDir)}.${process.pid}`;
  fs.writeFileSync(draft, `${lines.join('\n')}\n`, { mode: 0o600 });
  fs.renameSync(draft, fileOf(dataDir));
}

const linesOf = (file: string) => fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);

// Read each time, which is seldom: another process may have added a key.
function keysOf(file: string) {
  return linesOf(file).map((line) => {
    const key = createHash('sha256').update(`signalbox channel secrets ${line}`).digest();
    return { id: createHash('sha256').update(key).digest('hex').slice(0, 12), key };
  });
}

function newest(file: string) {
  const [first] = keysOf(file);
  if (first === undefined) throw new Error('DATA_DIR/channel-keys is empty');
  return first;
}
