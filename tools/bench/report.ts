import os from 'node:os';
import type { Fairness } from './fairness.ts';
import type { HttpFigures } from './http.ts';
import type { Spread } from './instruments/measure.ts';
import type { PhoneFigures } from './phone.ts';
import type { EngineFigures, Figures } from './run-bench.ts';
import { screenLines } from './screen-report.ts';
import type { ThousandFigures } from './thousand.ts';
import type { WaitingFigures } from './waiting.ts';

/** The table of `npm run bench`: what was measured, and the ratios that hold on other machines too. */
export function tableOf({ load, engine, http, thousand, phone, waiting, ...screens }: Figures): string {
  const [before, after] = load;
  const lines = [
    `load of the machine: ${before.toFixed(1)} before, ${after.toFixed(1)} after, ${os.availableParallelism()} cores`,
    ...(engine === undefined ? [] : engineLines(engine)),
    ...(http === undefined ? [] : httpLines(http, engine?.naive ?? null)),
    ...(thousand === undefined ? [] : thousandLines(thousand)),
    ...(phone === undefined ? [] : [phoneLine(phone)]),
    ...(waiting === undefined ? [] : waitingLines(waiting)),
    ...screenLines(screens),
  ];
  return `${lines.join('\n')}\n`;
}

function phoneLine({ calls, seconds, lost, browsers, cardMs, processorMs }: PhoneFigures): string {
  const what = `(m)  ${calls} calls in ${seconds} s by AMI, ${browsers} browsers, ${lost} lost`;
  const each = processorMs === null ? '' : `   processor ${processorMs.toFixed(1)} ms a call`;
  return `${what.padEnd(72)}   card ${spread(cardMs)}${each}`;
}

function waitingLines({ claims: { few, many }, screens }: WaitingFigures): string[] {
  return [
    `${'(n)  due runs, 1,000 others wait'.padEnd(58)}${perSecond(few).padStart(14)}`,
    `${'     a million others wait'.padEnd(58)}${perSecond(many).padStart(14)}   ${ratio(many / few)} of it`,
    ...screens.map(({ what, medianMs }) => `     ${what.padEnd(53)}${`${medianMs.toFixed(0)} ms`.padStart(14)}`),
  ];
}

function engineLines({ limit, drainRows, drain, recordAndDrain, naive, runs }: EngineFigures): string[] {
  return [
    ['', '1 connection', '2 connections'],
    ['(a)  plain SQL: signal, item, history, timeline, 2 runs', perSecond(limit.one), perSecond(limit.two)],
    ['(a2) plain SQL: exactly the rows of the drain', perSecond(drainRows.one), perSecond(drainRows.two)],
    ['(b)  drain, 3 of 20 triggers hear', perSecond(drain.one), perSecond(drain.two)],
    ['     as a share of (a)', ratio(drain.one / limit.one), ratio(drain.two / limit.two)],
    ['     as a share of (a2)', ratio(drain.one / drainRows.one), ratio(drain.two / drainRows.two)],
    ['     times (c)', ratio(drain.one / naive), ''],
    ['     all 20 hear', perSecond(drain.allHear), ''],
    ['     with the recording', perSecond(recordAndDrain.one), perSecond(recordAndDrain.two)],
    ['     as a share of (a)', ratio(recordAndDrain.one / limit.one), ratio(recordAndDrain.two / limit.two)],
    ['(c)  one transaction a signal', perSecond(naive), ''],
    ['     as a share of (a)', ratio(naive / limit.one), ''],
    ['(e)  runs, two rules a move', perSecond(runs.one), perSecond(runs.two)],
  ].map(([what = '', one = '', two = '']) => `${what.padEnd(58)}${one.padStart(14)}${two.padStart(16)}`);
}

function httpLines(http: HttpFigures, naive: number | null): string[] {
  const jobs = http.wholeJob.map(
    ({ connections, donePerSecond, visibleMs, processorMs }) =>
      `(f)  webhook to notification, ${String(connections).padStart(2)} connections`.padEnd(58) +
      `${perSecond(donePerSecond).padStart(14)}   visible ${spread(visibleMs)}${
        processorMs === null ? '' : `   processor ${processorMs.toFixed(1)} ms a call`
      }`,
  );
  const latency = `${`(d)  signal to another's event stream, 50/s`.padEnd(72)}   ${spread(http.latencyMs)}`;
  return [
    ...jobs,
    ...timesNaive(http, naive),
    latency,
    ...(http.fairness === undefined ? [] : fairnessLines(http.fairness)),
  ];
}

/** The stand-in for another program's rate with ten connections (docs/benchmarks.md). */
function timesNaive({ wholeJob }: HttpFigures, naive: number | null): string[] {
  const ten = wholeJob.find(({ connections }) => connections === 10);
  if (ten === undefined || naive === null) return [];
  return ['     10 connections, times (c)'.padEnd(58) + ratio(ten.donePerSecond / naive).padStart(14)];
}

function fairnessLines({ alone, beside, backlog, left }: Fairness): string[] {
  return [
    `${`(j)  the same, alone`.padEnd(72)}   ${spread(alone)}`,
    `${`     beside a backlog of ${backlog.toLocaleString('en')}, ${left.toLocaleString('en')} left`.padEnd(72)}   ${spread(beside)}`,
    `${'     times alone'.padEnd(72)}   p50 ${ratio(beside.p50 / alone.p50)}, p95 ${ratio(beside.p95 / alone.p95)}`,
  ];
}

function thousandLines(figures: ThousandFigures): string[] {
  const { alonePerSecond, aloneProcessorMs, verdictBytes, storedBytes } = figures;
  const used = aloneProcessorMs === null ? '' : `   processor ${aloneProcessorMs.toFixed(1)} ms a signal`;
  return [
    `${'(l)  1,000 triggers hear, a backlog'.padEnd(58)}${perSecond(figures.perSecond).padStart(14)}`,
    `${'     recorded and decided one by one'.padEnd(58)}${perSecond(alonePerSecond).padStart(14)}${used}`,
    `${'     verdicts of a signal, as written · its row'.padEnd(58)}${bytes(verdictBytes).padStart(14)} · ${bytes(storedBytes)}`,
  ];
}

function bytes(value: number): string {
  return `${Math.round(value).toLocaleString('en')} bytes`;
}

function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString('en')}/s`;
}

function ratio(value: number): string {
  return value.toFixed(2);
}

function spread({ p50, p95, p99 }: Spread): string {
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}
