import type { PlannedChange } from '@signalbox/contract/automation/planned.ts';

/** What shall become of one that waits. */
export interface Change {
  readonly act: PlannedChange['act'];
  /** Of `move`: when. */
  readonly at: Date;
}
