import { projectOf } from './tests/test-files.ts';

/** What of `npm test` is to run. */
export interface Choice {
  readonly steps: readonly string[];
  /** Parts of the paths of test files; none: all files. */
  readonly parts: readonly string[];
}

/**
 * What somebody means by `npm test -- e2e board`: names of steps, and parts of test files' paths. Parts alone run in
 * whatever steps have such files; nothing at all means everything. Throws an `Error` that lists the steps when a word
 * is neither.
 */
export function choose(
  words: readonly string[],
  known: { steps: readonly string[]; files: readonly string[] },
): Choice {
  const named = words.filter((word) => known.steps.includes(word));
  const parts = words.filter((word) => !known.steps.includes(word));
  const unknown = parts.find((part) => !known.files.some((file) => file.includes(part)));
  if (unknown !== undefined) {
    const steps = known.steps.join(', ');
    throw new Error(`“${unknown}” is neither a step (${steps}) nor a part of the path of a test file`);
  }
  const wanted = known.steps.filter((step) => named.length === 0 || named.includes(step));
  if (parts.length === 0) return { steps: wanted, parts };

  const meant = known.files.filter((file) => parts.some((part) => file.includes(part)));
  const having = new Set<string | undefined>(meant.map(projectOf));
  const steps = wanted.filter((step) => having.has(step));
  if (steps.length === 0) throw new Error(`no test file of ${named.join(', ')} has ${parts.join(', ')} in its path`);
  return { steps, parts };
}
