import type { Chain } from '@signalbox/automation/kit/facts.ts';
import { Impossible } from '@signalbox/automation/kit/impossible.ts';

/** A rule would close a loop: the run fails with the chain shown (semantics.md 7). */
export class Looped extends Impossible {
  readonly chain: Chain;

  constructor(chain: Chain, stages: readonly string[]) {
    super(`loop: ${stages.join(' → ')}`);
    this.chain = chain;
  }
}
