import type { Planned } from '@signalbox/contract/automation/planned.ts';
import { groupBy } from '../../controls/group-by.ts';
import { dayOf } from '../../ui/inputs/days.ts';

export interface Group {
  /** `now`: its moment has come; a day; `none`: it waits for no moment. */
  readonly name: string;
  readonly planned: readonly Planned[];
}

/** By day, as they come: what is due already stands first, what waits for no moment last. */
export function grouped(planned: readonly Planned[], now: Date): Group[] {
  const nameOf = ({ at }: Planned) => {
    if (at === null) return 'none';
    return new Date(at) <= now ? 'now' : dayOf(new Date(at));
  };
  return [...groupBy(planned, nameOf)].map(([name, ofDay]) => ({ name, planned: ofDay }));
}
