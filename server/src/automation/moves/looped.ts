import type { Chain } from '@signalbox/automation/kit/facts.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';

/** A rule would close a loop: the run fails with the chain shown (semantics.md 7). */
export class Looped extends Impossible {
  readonly chain: Chain;

  constructor(chain: Chain, stages: readonly string[]) {
    super(because('loop', { stages: stages.join(' → ') }));
    this.chain = chain;
  }
}
