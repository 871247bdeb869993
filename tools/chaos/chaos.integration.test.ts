import fs from 'node:fs';
import { expect, it } from 'vitest';
import { makeDataDir } from '../outside/data-dir.ts';
import { makeSmallDisk } from './faults/small-disk.ts';
import { runChaos } from './run-chaos.ts';

it('loses nothing and doubles nothing while the server is killed, PostgreSQL crashes and other things go wrong', {
  timeout: 600_000,
}, async () => {
  const dataDir = makeDataDir('chaos');
  const disk = makeSmallDisk(dataDir);
  try {
    const options = { dataDir, kills: 5, clients: 40, faultMs: 2_000, say: () => {} };
    const report = await runChaos({ ...options, ...(disk !== undefined && { disk }) });
    expect(report.findings.filter(({ broken }) => broken !== 0)).toEqual([]);
    expect(report.databaseCrashes).toBe(1);
    // How many clients get their turn between the kills is chance; that some do makes the rest mean something.
    expect(Math.min(report.signals, report.mails, report.killsWhilePouring)).toBeGreaterThan(0);
    const beside = ['a peer that drips', 'slow disk', 'clock jumps', 'PostgreSQL gone', 'disk full'];
    expect([...report.faults, ...report.skippedFaults].toSorted()).toEqual(beside.toSorted());
    expect(report.skippedFaults).toEqual(disk === undefined ? ['disk full'] : []);
  } finally {
    disk?.remove();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
});
