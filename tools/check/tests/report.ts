import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** Vitest's JSON report: how many tests passed and failed, and which failed, in the order of their files. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  /** One text a failed test, or a file that did not load: where it stands, its name, the first lines of its error. */
  readonly failures: readonly string[];
}

/** Reads the report at `root`, whose paths are told from there. Throws a `ZodError` where it is none of Vitest's. */
export function readReport(json: string, root: string): Report {
  const { numPassedTests, numFailedTests, testResults } = report.parse(JSON.parse(json));
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name;
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length > 0) return failed.map((test) => tell(`${file} > ${test.fullName}`, test.failureMessages?.[0]));
    return status === 'failed' ? [tell(file, message)] : [];
  });
  return { passed: numPassedTests, failed: numFailedTests, failures };
}

const mostLines = 6;
const longestLine = 300;

function tell(where: string, error = ''): string {
  const lines = stripVTControlCharacters(error)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
    .slice(0, mostLines);
  return [where, ...lines.map((line) => `    ${line.slice(0, longestLine)}`)].join('\n');
}
