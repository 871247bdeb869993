import { type Reason, reasonText } from './reasons.ts';

/** A rule can't do what it is set up to do; the run fails with this reason, in words a person understands (semantics.md 5.10). */
export class Impossible extends Error {
  override readonly name: string = 'Impossible';
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reasonText(reason));
    this.reason = reason;
  }
}
