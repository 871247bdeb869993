import type { Tested } from '../../../api/automation/rehearsal.ts';

type Run = Tested['runs'][number];

/** Those shown for which it waits: what is left out holds nobody up, and with a moment of its own it waits for that. */
export function awaitedBy({ state, dueAt, after }: Run, runs: readonly Run[]): readonly string[] {
  if (isLeftOut(state) || dueAt !== null) return [];
  return runs.filter((one) => after.includes(one.rule) && !isLeftOut(one.state)).map(({ rule }) => rule);
}

/** It would begin, and could not be done. */
export const wouldFail = ({ state, error, reason }: Run): boolean =>
  !isLeftOut(state) && (reason !== null || error !== null);

const isLeftOut = (state: Run['state']) => state === 'skipped' || state === 'cancelled';
