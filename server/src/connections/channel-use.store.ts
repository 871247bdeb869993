import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';

export interface NewestBoard {
  /** The pipeline's. */
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** The automation file as it was saved. */
  readonly file: unknown;
}

/** Today's automation of every pipeline that has any. */
export async function listNewestBoards(tx: Tx): Promise<NewestBoard[]> {
  return tx
    .selectFrom('pipelines as p')
    .innerJoin('boards as b', (join) =>
      join
        .onRef('b.workspace_id', '=', 'p.workspace_id')
        .onRef('b.pipeline_id', '=', 'p.id')
        .onRef('b.version', '=', 'p.board_version'),
    )
    .select(['p.id', 'p.name', 'p.type', 'b.file'])
    .where('p.workspace_id', '=', workspaceOf(tx))
    .orderBy('p.id')
    .execute();
}

/** Messages that have not left through the channel yet, those just being sent too. */
export async function countWaitingMessages(tx: Tx, channelId: number): Promise<number> {
  const { waiting } = await tx
    .selectFrom('outbox')
    .select(sql<number>`count(*)::int`.as('waiting'))
    .where('workspace_id', '=', workspaceOf(tx))
    .where('channel_id', '=', channelId)
    .where('state', 'in', ['queued', 'sending'])
    .executeTakeFirstOrThrow();
  return waiting;
}
