import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { makeDataDir } from '../outside/data-dir.ts';
import { makeSmallDisk } from './faults/small-disk.ts';
import { runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    clients: { type: 'string', default: '2500' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const dataDir = makeDataDir('chaos');
const disk = makeSmallDisk(dataDir);
const report = await runChaos({
  dataDir,
  ...(disk !== undefined && { disk }),
  kills: Number(values.kills),
  clients: Number(values.clients),
  say: (text) => process.stderr.write(`${text}\n`),
});

if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else
  for (const { promise, broken } of report.findings)
    process.stdout.write(`${broken === 0 ? 'kept  ' : 'BROKEN'} ${promise}${broken === 0 ? '' : `: ${broken}`}\n`);

const broken = report.findings.filter((finding) => finding.broken !== 0).length;
process.stdout.write(
  `${report.kills} kills (${report.killsWhilePouring} while signals poured in), ${report.databaseCrashes} crashes of PostgreSQL, ${report.signals} signals and ${report.mails} e-mails accepted, ` +
    `${report.repeats} sent again, ${report.uncertainDeliveries} deliveries uncertain: ${broken === 0 ? 'nothing lost, nothing doubled' : `${broken} promises broken`}\n`,
);
process.stdout.write(`beside the kills: ${report.faults.join(', ')}${skipped(report.skippedFaults)}\n`);
disk?.remove();
if (!values.keep) fs.rmSync(dataDir, { recursive: true, force: true });
process.exit(broken === 0 ? 0 : 1);

function skipped(names: readonly string[]): string {
  return names.length === 0 ? '' : `; this machine cannot do: ${names.join(', ')}`;
}
