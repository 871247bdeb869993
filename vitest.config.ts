import os from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tools/check/tests/longest-first.ts';
import { SlowFiles } from './tools/check/tests/slow-files.ts';

/** Where `npm test` wants to read how many tests there were. */
const report = process.env.VITEST_REPORT;
const pure = [
  'automation/src/**/*.test.ts',
  'contract/src/**/*.test.ts',
  'web/src/**/*.test.ts',
  'widget/src/**/*.test.ts',
];

/** What is asked for again and again, until it is so; a second, as usual, is what a busy machine stands still for. */
const patient = { poll: { timeout: 60_000 } };

export default defineConfig({
  test: {
    // Most of what runs waits for a server, a browser or a database for a third of its time or more.
    maxWorkers: os.availableParallelism() + 2,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new SlowFiles(), ...(report === undefined ? [] : ['json'])],
    outputFile: { json: report ?? '' },
    // Limits are for what never ends: a busy machine makes nothing fail.
    projects: [
      {
        test: {
          name: 'unit',
          include: [...pure, 'server/src/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          // They share their modules: importing took longer than testing. None of them changes what others see.
          isolate: false,
          testTimeout: 90_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['server/src/**/*.integration.test.ts', 'tools/**/*.integration.test.ts'],
          // As above; what is remembered in a process is remembered by database, and each file has one of its own.
          isolate: false,
          globalSetup: ['server/src/platform/testing.global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.journey.ts'],
          // As above.
          isolate: false,
          globalSetup: ['server/src/platform/testing.global-setup.ts', 'e2e/hands/browser.global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: patient,
        },
      },
    ],
  },
});
