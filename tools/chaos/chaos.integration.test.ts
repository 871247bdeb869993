import fs from 'node:fs';
import { expect, it } from 'vitest';
import { makeDataDir } from '../outside/data-dir.ts';
import { runChaos } from './run-chaos.ts';

it('loses nothing and doubles nothing while the server is killed and PostgreSQL crashes', {
  timeout: 300_000,
}, async () => {
  const dataDir = makeDataDir('chaos');
  try {
    const report = await runChaos({ dataDir, kills: 5, clients: 40, say: () => {} });
    expect(report.findings.filter(({ broken }) => broken !== 0)).toEqual([]);
    expect(report.databaseCrashes).toBe(1);
    // How many clients get their turn between the kills is chance; that some do makes the rest mean something.
    expect(Math.min(report.signals, report.mails, report.killsWhilePouring)).toBeGreaterThan(0);
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
});
