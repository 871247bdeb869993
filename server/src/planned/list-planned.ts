import { type Planned, type PlannedKind, plannedKinds } from '@signalbox/contract/automation/planned.ts';
import { reachableItems } from '../access/reachable-items.store.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { behindFor, byPlace, type Place } from './place.ts';
import { presentDeliveries, presentRuns, presentTasks } from './present-planned.ts';
import { listWaitingDeliveries, listWaitingTasks } from './waiting-others.store.ts';
import { listWaitingRuns } from './waiting-runs.store.ts';

export interface PlannedFilter {
  readonly kind?: PlannedKind | undefined;
  readonly pipelineId?: number | undefined;
  readonly ruleId?: string | undefined;
  readonly responsibleId?: number | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

interface PlannedPage extends PlannedFilter {
  readonly rights: Rights;
  readonly now: Date;
  readonly after: Place | undefined;
  readonly limit: number;
}

/** With the place in the list, which a cursor needs. */
interface Placed {
  readonly place: Place;
  readonly body: Planned;
}

/** Everything that waits, by moment: of each kind as many as the page holds, put together. */
export async function listPlanned(tx: Tx, page: PlannedPage): Promise<Placed[]> {
  const found: Placed[] = [];
  for (const kind of plannedKinds) {
    const isAsked = (page.kind ?? kind) === kind && (page.ruleId === undefined || kind === 'run');
    if (isAsked) found.push(...(await lists[kind](tx, page)));
  }
  return found.toSorted((one, other) => byPlace(one.place, other.place)).slice(0, page.limit);
}

const lists: Readonly<Record<PlannedKind, (tx: Tx, page: PlannedPage) => Promise<Placed[]>>> = {
  async run(tx, page) {
    const { rights } = page;
    const after = behindFor('run', page.after);
    const rows = await listWaitingRuns(tx, { ...page, after, reach: reachableItems(rights, 'read') });
    const bodies = await presentRuns(tx, rows, rights);
    return placed('run', rows, bodies);
  },
  reminder: (tx, page) => listTasks(tx, 'reminder', page),
  repeat: (tx, page) => listTasks(tx, 'repeat', page),
  async delivery(tx, page) {
    if (page.after?.at === null) return [];
    const rows = await listWaitingDeliveries(tx, { ...page, after: behindFor('delivery', page.after) });
    return placed('delivery', rows, await presentDeliveries(tx, rows, page.rights));
  },
};

async function listTasks(tx: Tx, kind: 'reminder' | 'repeat', page: PlannedPage): Promise<Placed[]> {
  if (page.after?.at === null) return [];
  const tasks = await listWaitingTasks(tx, kind, { ...page, after: behindFor(kind, page.after) });
  const rows = tasks.map((task) => ({ id: task.id, at: kind === 'reminder' ? task.remindAt : task.repeatAt }));
  return placed(kind, rows, await presentTasks(tx, tasks, { kind, rights: page.rights }));
}

function placed(
  kind: PlannedKind,
  rows: readonly { readonly id: number; readonly at: Date | null }[],
  bodies: readonly Planned[],
): Placed[] {
  return rows.flatMap(({ id, at }, index) => {
    const body = bodies[index];
    return body === undefined ? [] : [{ place: { kind, id, at }, body }];
  });
}
