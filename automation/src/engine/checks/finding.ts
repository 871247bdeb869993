import type { Problem } from '../../kit/settings/problems.ts';

/** Errors refuse the save; warnings are shown (semantics.md 8.1). */
export interface Finding extends Problem {
  readonly severity: 'error' | 'warning';
  /** The triggers and rules it is about, by id. */
  readonly ids: readonly string[];
}
