import { instantOf } from '../values/time.ts';
import type { Instant } from '../values/values.ts';
import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';

/** The moment that a rendered text says. Throws `Impossible` when it is none. */
export function givenMoment(text: string, timeZone: string): Instant {
  const at = instantOf(text.trim(), timeZone);
  if (at === undefined) throw new Impossible(because('no-moment', { value: text.trim() }));
  return at;
}
