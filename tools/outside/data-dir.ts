import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A fresh folder for DATA_DIR that PostgreSQL's own user can reach, so that deleting it deletes the database with it. */
export function makeDataDir(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `signalbox-${name}-`));
  fs.chmodSync(folder, 0o755);
  return folder;
}
