import { getVisitedRun } from '../automation/log/item-runs.store.ts';
import { presentRuns } from '../automation/log/present-runs.ts';
import { cancelRun, moveRun, runNow } from '../automation/log/run-commands.ts';
import type { Acting } from '../automation/moves/acting.ts';
import { appendTimeline } from '../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../platform/db.ts';
import { notFound } from '../platform/errors.ts';
import type { Change } from './change.ts';

/** A run that waits; its item's timeline tells who did what. */
export async function changeRun(tx: Tx, acting: Acting, id: number, { act, at }: Change): Promise<void> {
  const [visited] = await getVisitedRun(tx, id);
  if (visited === undefined) throw notFound(`Run ${id}`);
  const from = visited.run.dueAt;
  if (act === 'run-now') await runNow(tx, acting, id);
  else if (act === 'cancel') await cancelRun(tx, acting, id);
  else await moveRun(tx, acting, { id, at });
  await tell(tx, acting, { id, act, from, to: act === 'move' ? at : null });
}

interface Told {
  readonly id: number;
  readonly act: Change['act'];
  readonly from: Date | null;
  readonly to: Date | null;
}

async function tell(tx: Tx, { byId, now }: Acting, { id, act, from, to }: Told): Promise<void> {
  const visited = await getVisitedRun(tx, id);
  const [shown] = await presentRuns(tx, visited, { reader: { rights: undefined, type: '' }, undoes: {} });
  const itemId = visited[0]?.run.itemId;
  if (shown === undefined || itemId === undefined) return;
  const data = { act, run: id, rule: shown.name, key: shown.key, from: iso(from), to: iso(to) };
  const text = texts[act](shown.name, iso(to));
  await appendTimeline(tx, [{ itemId, kind: 'planned-changed', at: now, authorId: byId, text, data }]);
}

const texts = {
  'run-now': (rule: string) => `The automation rule "${rule}" waits no longer: it was run by hand`,
  cancel: (rule: string) => `The automation rule "${rule}" was cancelled by hand`,
  move: (rule: string, to: string | null) => `The automation rule "${rule}" was moved to ${to}`,
} as const;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
