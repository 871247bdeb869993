import type { Chain, SignalFacts } from '@signalbox/automation/kit/facts.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { chainOfVisit } from './moves.store.ts';

/** One stay of an item on a stage (semantics.md 4). */
export interface Visit {
  readonly id: number;
  readonly itemId: number;
  readonly pipelineId: number;
  readonly stageId: number;
  readonly enteredAt: Date;
  /** The board as it was when the visit began; its runs keep to it (semantics.md 8.2). */
  readonly boardVersion: number;
  readonly signalId: number | null;
  readonly chain: Chain | null;
}

const here = sql<number>`current_setting('signalbox.workspace')::bigint`;

export async function listVisits(tx: Tx, ids: readonly number[]): Promise<Visit[]> {
  const rows = await tx
    .selectFrom('visits')
    .selectAll()
    .where('workspace_id', '=', here)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    pipelineId: row.pipeline_id,
    stageId: row.stage_id,
    enteredAt: row.entered_at,
    boardVersion: row.board_version,
    signalId: row.signal_id,
    chain: chainOfVisit({
      itemId: row.item_id,
      stageId: row.stage_id,
      fromStageId: row.from_stage_id,
      chain: chainColumn.parse(row.chain),
    }),
  }));
}

/** By visit: when the item left it, which is the beginning of the next one; those on which items stand are not there. */
export async function loadLeft(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, Date>> {
  const { rows } = await sql<{ id: number; leftAt: Date }>`
    select v.id, next.entered_at as "leftAt" from visits v cross join lateral (
      select n.entered_at from visits n where n.workspace_id = v.workspace_id and n.item_id = v.item_id and n.id > v.id order by n.id limit 1) next
    where v.workspace_id = ${here} and v.id = any(${arrays.numbers(ids)}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, leftAt }) => [id, leftAt]));
}

/** By id: what moved the items, for templates over `signal.*` (semantics.md 5.6). */
export async function loadSignalFacts(tx: Tx, ids: readonly number[]): Promise<Map<number, SignalFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('signals')
    .select(['id', 'kind', 'occurred_at', 'payload', 'chain'])
    .where('workspace_id', '=', here)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        kind: row.kind,
        occurredAt: row.occurred_at.getTime(),
        payload: row.payload,
        chain: chainColumn.parse(row.chain),
        person: null,
      },
    ]),
  );
}

const byItem = z.record(z.string(), z.number()).transform((origin): Record<number, number> => origin);

/** A chain in a JSON column. */
export const chainColumn: z.ZodType<Chain | null> = z
  .object({
    origin: byItem,
    entered: z.array(z.object({ item: z.number(), stage: z.number() })),
    ended: z.literal('undo').optional(),
  })
  .nullable();
