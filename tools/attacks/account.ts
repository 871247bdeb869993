import fs from 'node:fs';
import { expect } from 'vitest';
import type { Neighbours } from './neighbours.ts';

/** What an attack did to the server. */
export interface Harm extends Neighbours {
  /** The most that its main thread did without looking up, in processor time. */
  readonly longestMs: number;
  readonly mostBytes: number;
}

/** A file to which each attack's figures are written, a line each, as a row of a table. */
const report = process.env.SIGNALBOX_ATTACKS;

/** Writes down what an attack did, where somebody wants to know. */
export function account(harm: Harm): void {
  if (report === undefined) return;
  const name = (expect.getState().currentTestName ?? '').replaceAll('|', '/');
  const figures = [
    harm.longestMs.toFixed(0),
    harm.pace.toFixed(1),
    `${harm.p99Ms.toFixed(0)} (${harm.p99WorkMs.toFixed(0)}, ${harm.p99QueuedMs.toFixed(0)})`,
    `${harm.jobs} (${harm.slowestJobMs.toFixed(0)})`,
    String(harm.letters),
    (harm.mostBytes / 1_048_576).toFixed(0),
  ];
  fs.appendFileSync(report, `| ${name} | ${figures.join(' | ')} |\n`);
}

/** What else a machine does can only make figures worse: an attack does harm when it does it every time. */
export const onlyWorse = { retry: 2 };

const MB = 1_048_576;

const MOST_MS = 100;
const MOST_WORK_MS = 250;
/** The pace is that of small work: what moves megabytes is slowed down more where others drive them out of the processor's memory. */
const LARGE_WORK = 3;

/**
 * What no attack may do: hold the main thread (in processor time, as much as it is on idle processors, for what else a machine does is not
 * the server's fault), do much before others' requests, fill the memory, or keep others' signals, rules and mail from going on.
 */
export function unharmed(harm: Harm, mostMs = MOST_MS): void {
  const pace = 1 + (harm.pace - 1) * LARGE_WORK;
  expect(harm.longestMs).toBeLessThan(mostMs * pace);
  expect(harm.p99WorkMs).toBeLessThan(Math.max(MOST_WORK_MS, mostMs * 1.5) * pace);
  expect(harm.mostBytes).toBeLessThan(800 * MB);
  expect(harm.jobs).toBeGreaterThan(0);
  expect(harm.letters).toBeGreaterThan(0);
}
