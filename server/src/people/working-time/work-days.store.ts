import { FORGOTTEN_DAY_MS } from '@signalbox/automation/kit/values/presence.ts';
import type { Workday, WorkdayStep } from '@signalbox/contract/people/working-time.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict } from '../../platform/errors.ts';

interface Of {
  readonly workspaceId: number;
  readonly employeeId: number;
}

type State = 'open' | 'paused' | 'ended';

interface WorkDayRow {
  readonly id: number;
  readonly state: State;
  readonly started_at: Date;
  readonly changed_at: Date;
  readonly paused_ms: number;
}

/** Begins, interrupts, goes on with or ends somebody's work day; 409 when it can't from where it stands. */
export async function stepWorkday(
  tx: Tx,
  of: Of,
  { step, now }: { readonly step: WorkdayStep; readonly now: Date },
): Promise<Workday> {
  await lockEmployee(tx, of);
  const latest = await findLatest(tx, of);
  const state = latest === undefined ? 'ended' : stateAt(latest, now);
  const { from, to } = steps[step];
  if (!from.includes(state)) throw conflict('work-day', `The work day is ${state}: it can't ${step} now`);

  if (step !== 'start') await changeWorkDay(tx, of, { latest, to, now });
  else await addWorkDay(tx, of, now);
  return showWorkday(tx, of, now);
}

export async function showWorkday(tx: Tx, of: Of, now: Date): Promise<Workday> {
  const latest = await findLatest(tx, of);
  if (latest === undefined) return { state: 'none', startedAt: null, changedAt: null, pausedSeconds: 0 };
  return {
    state: stateAt(latest, now),
    startedAt: latest.started_at.toISOString(),
    changedAt: latest.changed_at.toISOString(),
    pausedSeconds: Math.floor(latest.paused_ms / 1_000),
  };
}

const steps: Readonly<Record<WorkdayStep, { readonly from: readonly State[]; readonly to: State }>> = {
  start: { from: ['ended'], to: 'open' },
  pause: { from: ['open'], to: 'paused' },
  resume: { from: ['paused'], to: 'open' },
  end: { from: ['open', 'paused'], to: 'ended' },
};

// A day that nobody ended has ended by itself, as the engine takes it.
function stateAt({ state, started_at }: WorkDayRow, now: Date): State {
  return now.getTime() - started_at.getTime() < FORGOTTEN_DAY_MS ? state : 'ended';
}

// Two presses at once are one after the other.
async function lockEmployee(tx: Tx, { workspaceId, employeeId }: Of): Promise<void> {
  await tx
    .selectFrom('employees')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', employeeId)
    .forUpdate()
    .execute();
}

async function findLatest(tx: Tx, { workspaceId, employeeId }: Of): Promise<WorkDayRow | undefined> {
  return tx
    .selectFrom('work_days')
    .select(['id', 'state', 'started_at', 'changed_at', 'paused_ms'])
    .where('workspace_id', '=', workspaceId)
    .where('employee_id', '=', employeeId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

async function addWorkDay(tx: Tx, { workspaceId, employeeId }: Of, now: Date): Promise<void> {
  await tx
    .updateTable('work_days')
    .set({ state: 'ended' })
    .where('workspace_id', '=', workspaceId)
    .where('employee_id', '=', employeeId)
    .where('state', '<>', 'ended')
    .execute();
  await tx
    .insertInto('work_days')
    .values({ workspace_id: workspaceId, employee_id: employeeId, started_at: now, changed_at: now })
    .execute();
}

async function changeWorkDay(
  tx: Tx,
  { workspaceId }: Of,
  { latest, to, now }: { readonly latest: WorkDayRow | undefined; readonly to: State; readonly now: Date },
): Promise<void> {
  if (latest === undefined) return;
  const pausedMs = latest.state === 'paused' ? now.getTime() - latest.changed_at.getTime() : 0;
  await tx
    .updateTable('work_days')
    .set({ state: to, changed_at: now, paused_ms: latest.paused_ms + pausedMs })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', latest.id)
    .execute();
}
