import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runChaos } from './run-chaos.ts';

it('loses nothing and doubles nothing while the server is killed and PostgreSQL crashes', {
  timeout: 300_000,
}, async () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-chaos-'));
  try {
    const report = await runChaos({ dataDir, kills: 5, clients: 40, say: () => {} });
    expect(report.findings.filter(({ broken }) => broken !== 0)).toEqual([]);
    expect(report.databaseCrashes).toBe(1);
    expect(report.signals).toBe(40);
    expect(report.mails).toBe(40);
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
});
