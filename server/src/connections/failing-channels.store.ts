import { type Reason, readReason } from '@signalbox/automation/kit/words/reasons.ts';
import { type Selectable, sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import type { DB } from '../platform/schema.ts';

/** A channel whose provider did not take the last things that were to leave. */
export interface FailingChannel {
  readonly channelId: number;
  /** In a row. */
  readonly failures: number;
  readonly since: Date;
  /** What the provider answered the last time. */
  readonly reason: Reason | null;
  /** In a row, each longer than the one before; 0 while it is not paused. */
  readonly pauses: number;
  readonly pausedAt: Date | null;
  readonly pausedUntil: Date | null;
  /** The delivery that is let through to see whether the provider answers again. */
  readonly probeId: number | null;
}

export async function countFailure(
  tx: Tx,
  { channelId, reason, now }: { readonly channelId: number; readonly reason: Reason; readonly now: Date },
): Promise<FailingChannel> {
  const words = JSON.stringify(reason);
  const row = await tx
    .insertInto('failing_channels')
    .values({ workspace_id: workspaceOf(tx), channel_id: channelId, failures: 1, since: now, reason: words })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'channel_id'])
        .doUpdateSet({ failures: sql`failing_channels.failures + 1`, reason: words }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return toFailing(row);
}

export async function setPause(
  tx: Tx,
  channelId: number,
  pause: { readonly pauses: number; readonly at: Date; readonly until: Date; readonly probeId: number | null },
): Promise<void> {
  await tx
    .updateTable('failing_channels')
    .set({
      pauses: pause.pauses,
      paused_at: sql`coalesce(paused_at, ${pause.at})`,
      paused_until: pause.until,
      probe_id: pause.probeId,
    })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('channel_id', '=', channelId)
    .execute();
}

/** Locked: one delivery at a time asks whether it may go. */
export async function lockFailing(tx: Tx, channelId: number): Promise<FailingChannel | undefined> {
  const row = await select(tx).where('channel_id', '=', channelId).forUpdate().executeTakeFirst();
  return row && toFailing(row);
}

export async function listPaused(tx: Tx): Promise<FailingChannel[]> {
  return (await select(tx).where('paused_until', 'is not', null).execute()).map(toFailing);
}

/** Somebody changed its settings: it is tried again at once, as soon as the next look comes by. */
export async function endPause(tx: Tx, channelId: number, now: Date): Promise<void> {
  await tx
    .updateTable('failing_channels')
    .set({ paused_until: now })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('channel_id', '=', channelId)
    .where('paused_until', '>', now)
    .execute();
}

/** It works again; undefined when nothing was held against it. */
export async function forgetFailures(tx: Tx, channelId: number): Promise<FailingChannel | undefined> {
  const row = await tx
    .deleteFrom('failing_channels')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('channel_id', '=', channelId)
    .returningAll()
    .executeTakeFirst();
  return row && toFailing(row);
}

/** Of all workspaces: the pauses that are over, so that something is let through. Needs the system role. */
export async function listEndedPauses(tx: Tx, now: Date): Promise<{ workspaceId: number; channelId: number }[]> {
  const rows = await tx
    .selectFrom('failing_channels')
    .select(['workspace_id', 'channel_id'])
    .where('paused_until', '<=', now)
    .orderBy('paused_until')
    .limit(500)
    .execute();
  return rows.map((row) => ({ workspaceId: row.workspace_id, channelId: row.channel_id }));
}

function select(tx: Tx) {
  return tx.selectFrom('failing_channels').selectAll().where('workspace_id', '=', workspaceOf(tx));
}

function toFailing(row: Selectable<DB['failing_channels']>): FailingChannel {
  return {
    ...{ channelId: row.channel_id, failures: row.failures, since: row.since, reason: readReason(row.reason) },
    ...{ pauses: row.pauses, pausedAt: row.paused_at, pausedUntil: row.paused_until, probeId: row.probe_id },
  };
}
