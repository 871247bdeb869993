import { expect, test } from 'vitest';
import { readReport } from './report.ts';

const file = (name: string, more: object = {}) => ({
  name: `/clone/${name}`,
  status: 'passed',
  message: '',
  assertionResults: [],
  ...more,
});
const report = (...testResults: object[]) =>
  readReport(JSON.stringify({ numPassedTests: 3, numFailedTests: 1, testResults }), '/clone');

test('a report names each failed test with its file and the beginning of its error, and no passed one', () => {
  const { passed, failed, failures } = report(
    file('server/a.test.ts', {
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'adds', failureMessages: [] },
        {
          status: 'failed',
          fullName: 'takes away',
          failureMessages: [`\u001b[31mexpected 1 to be 2\u001b[39m\n\n    at a.test.ts:3\n${'x\n'.repeat(20)}`],
        },
      ],
    }),
    file('server/b.test.ts'),
  );
  expect([passed, failed]).toEqual([3, 1]);
  expect(failures).toHaveLength(1);
  expect(failures[0]?.split('\n').slice(0, 3)).toEqual([
    'server/a.test.ts > takes away',
    '    expected 1 to be 2',
    '        at a.test.ts:3',
  ]);
  expect(failures[0]?.split('\n')).toHaveLength(7);
});

test('a report names a file that did not load, by what it said', () => {
  const { failures } = report(file('server/c.test.ts', { status: 'failed', message: 'Cannot find module x' }));
  expect(failures).toEqual(['server/c.test.ts\n    Cannot find module x']);
});
