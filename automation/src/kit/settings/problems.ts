import type { z } from 'zod';

export type PathStep = string | number;

/** What is wrong, and where: the path from the root of what was given, `['triggers', 0, 'settings', 'links']`. */
export interface Problem {
  readonly path: readonly PathStep[];
  readonly code: string;
  readonly message: string;
  /** What the message names, for those who say it in another language by its code. */
  readonly params?: Readonly<Record<string, string | number>>;
}

/** `triggers[0].settings.links`, as the API and the command line show it. */
export function pathText(path: readonly PathStep[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** Nobody reads more of them. */
const mostUnknown = 100;

/** Problems of a failed zod check; unknown keys come one by one, each at its own path. */
export function problemsOf(error: z.ZodError, at: readonly PathStep[] = []): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = [...at, ...issue.path.map(step)];
    if (issue.code !== 'unrecognized_keys') return [{ path, code: codeOf(issue), message: issue.message }];
    return issue.keys
      .slice(0, mostUnknown)
      .map((key) => ({ path: [...path, key], code: 'unknown-key', message: `Unknown key "${key}"` }));
  });
}

export function moved(problems: readonly Problem[], at: readonly PathStep[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...at, ...problem.path] }));
}

function step(key: PropertyKey): PathStep {
  return typeof key === 'symbol' ? key.toString() : key;
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.message.endsWith('undefined') ? 'required' : 'type';
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'invalid-email';
  return issue.code.replaceAll('_', '-');
}
