import { type Reason, readReason } from '@signalbox/automation/kit/words/reasons.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';

// What became of what runs put in the outbox.

interface Unsent {
  readonly id: number;
  readonly state: 'failed' | 'uncertain';
  readonly holds: boolean;
}

/** What a run has put in the outbox and did not get out. */
export async function listUnsentOfRun(tx: Tx, runId: number): Promise<Unsent[]> {
  const rows = await tx
    .selectFrom('outbox')
    .select(['id', 'state', 'holds'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('run_id', '=', runId)
    .where('state', 'in', ['failed', 'uncertain'])
    .execute();
  return rows.map(({ id, state, holds }) => ({ id, holds, state: state === 'failed' ? 'failed' : 'uncertain' }));
}

/** What has been tried and is tried again later. */
export interface Tried {
  readonly runId: number | null;
  readonly reason: Reason | null;
  readonly nextAt: Date;
  readonly attempts: number;
}

/** Of these runs: what did not get out yet, and why. */
export async function listTriedOfRuns(tx: Tx, runIds: readonly number[]): Promise<Tried[]> {
  if (runIds.length === 0) return [];
  const rows = await tx
    .selectFrom('outbox')
    .select(['run_id', 'reason', 'next_at', 'attempts'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('run_id', 'in', [...runIds])
    .where('state', '=', 'queued')
    .where('reason', 'is not', null)
    .execute();
  return rows.map((row) => ({
    ...{ runId: row.run_id, nextAt: row.next_at, attempts: row.attempts },
    reason: readReason(row.reason),
  }));
}
