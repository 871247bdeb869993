import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { makeDataDir } from '../outside/data-dir.ts';
import { cases } from './cases/index.ts';
import { type CaseReport, runCases } from './cases/run-cases.ts';
import { makeSmallDisk } from './faults/small-disk.ts';
import { runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    clients: { type: 'string', default: '2500' },
    // 1,000 kills instead of 100: an hour or more.
    long: { type: 'boolean', default: false },
    // Instead: the five cases of the public comparison of job queues, each with so many seconds for what goes wrong.
    cases: { type: 'boolean', default: false },
    'case-seconds': { type: 'string', default: '30' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const dataDir = makeDataDir('chaos');
const say = (text: string) => void process.stderr.write(`${text}\n`);
const isKept = values.cases ? await tryCases() : await killAgainAndAgain();
if (!values.keep) fs.rmSync(dataDir, { recursive: true, force: true });
process.exit(isKept ? 0 : 1);

async function tryCases(): Promise<boolean> {
  const wrong = Number(values['case-seconds']);
  const reports = await runCases({ dataDir, cases, say, seconds: { baseline: wrong / 2, wrong, recovery: 2 * wrong } });
  const isRecovered = ({ lost, doubled, recoverySeconds }: CaseReport) =>
    lost === 0 && doubled === 0 && recoverySeconds !== null;
  if (values.json) process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
  else for (const report of reports) process.stdout.write(`${inWords(report)}\n`);
  const recovered = reports.filter(isRecovered).length;
  process.stdout.write(`${recovered} of ${reports.length}\n`);
  return recovered === reports.length;
}

function inWords({ name, accepted, baseline, recoverySeconds, lost, doubled }: CaseReport): string {
  const well = recoverySeconds === null ? 'not well again in time' : `well again after ${recoverySeconds.toFixed(1)} s`;
  return `${name}: ${accepted} accepted, ${baseline} a second before, ${well}, ${lost} lost, ${doubled} doubled`;
}

async function killAgainAndAgain(): Promise<boolean> {
  const disk = makeSmallDisk(dataDir);
  const report = await runChaos({
    dataDir,
    ...(disk !== undefined && { disk }),
    kills: Number(values.kills ?? (values.long ? 1_000 : 100)),
    clients: Number(values.clients),
    say,
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
  return broken === 0;
}

function skipped(names: readonly string[]): string {
  return names.length === 0 ? '' : `; this machine cannot do: ${names.join(', ')}`;
}
