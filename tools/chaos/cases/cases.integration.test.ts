import fs from 'node:fs';
import { expect, it } from 'vitest';
import { makeDataDir } from '../../outside/data-dir.ts';
import { cases } from './index.ts';
import { runCases } from './run-cases.ts';

// The other three are kills, which chaos.integration.test.ts has, and too many connections, which takes long to hold.
it('is well again soon, and has lost and doubled nothing, when PostgreSQL restarts and when its connections are terminated', {
  timeout: 900_000,
}, async () => {
  const dataDir = makeDataDir('cases');
  try {
    const chosen = cases.filter(({ name }) => /^PostgreSQL|terminated/.test(name));
    const seconds = { baseline: 3, wrong: 3, recovery: 60 };
    const reports = await runCases({ dataDir, cases: chosen, seconds, say: () => {} });
    expect(reports).toHaveLength(2);
    for (const report of reports) {
      expect(report).toMatchObject({ lost: 0, doubled: 0, recoverySeconds: expect.any(Number) });
      expect(report.accepted).toBeGreaterThan(0);
    }
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
});
