import type { Match } from './define-trigger.ts';
import { matchIf } from './match.ts';

/** The line says whether a call counts at its start or at its end (triggers.md, telephony). */
export function matchMoment(kind: string, countsAt: 'start' | 'end'): Match {
  const wanted = countsAt === 'start' ? 'call.started' : 'call.ended';
  return matchIf(kind === wanted, 'countsAt', { wanted, got: kind });
}
