import { hkdfSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export interface Secrets {
  /** 32 bytes for one purpose, e.g. `sessions`; the same at every start, useless for any other purpose. */
  keyFor(purpose: string): Buffer;
}

/** The installation's one secret, made at first start. Machines that share a database must share this file. */
export function loadSecrets(dataDir: string): Secrets {
  const master = Buffer.from(readOrMakeSecret(path.join(dataDir, 'secret')), 'base64url');
  return { keyFor: (purpose) => Buffer.from(hkdfSync('sha256', master, 'signalbox', purpose, 32)) };
}

/** The text in the file, made at random if there is none. */
export function readOrMakeSecret(file: string): string {
  return readOrMake(file, () => randomBytes(32).toString('base64url'));
}

/** The text in the file, made with mode 0600 if there is none. Safe when two processes start at once. */
export function readOrMake(file: string, make: () => string): string {
  makeDataDir(path.dirname(file));
  if (!fs.existsSync(file)) writeOnce(file, make());
  return fs.readFileSync(file, 'utf8').trim();
}

// Others may pass through (PostgreSQL runs as another user when we are root), but not look inside.
export function makeDataDir(folder: string): void {
  if (fs.existsSync(folder)) return;
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o711);
}

// Written aside and linked, so that nobody ever reads half a secret.
function writeOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, `${text}\n`, { mode: 0o600 });
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if (!fs.existsSync(file)) throw error;
  } finally {
    fs.rmSync(draft);
  }
}
