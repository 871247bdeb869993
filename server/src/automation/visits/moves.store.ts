import type { Chain } from '@signalbox/automation/kit/facts.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send } from '../../platform/workspace-dialect.ts';

export interface Place {
  readonly pipelineId: number;
  readonly stageId: number;
}

/** Everything that is written about one move (semantics.md 4). */
export interface MoveRow {
  /** The id of the visit that begins, which is the id of the move. */
  readonly visitId: number;
  readonly itemId: number;
  readonly from: Place & { readonly stage: string; readonly pipeline: string };
  readonly to: Place & { readonly stage: string; readonly pipeline: string };
  readonly boardVersion: number;
  readonly byId: number | null;
  readonly trigger: { readonly id: string; readonly name: string } | null;
  readonly ruleName: string | null;
  readonly signalId: number | null;
  readonly runId: number | null;
  /** When the item entered: the visit's beginning. */
  readonly at: Date;
  readonly chain: Chain | null;
}

/** Ids for visits that are about to begin. */
export async function takeVisitIds(tx: Tx, count: number): Promise<number[]> {
  const { rows } = await sql<{
    ids: number[];
  }>`select array_agg(nextval('visits_id_seq')) as ids from generate_series(1, ${count}::int)`.execute(tx);
  return rows[0]?.ids ?? [];
}

/** Visits, history, timeline and the items themselves, in one statement. Of several moves of an item the last one counts. */
export async function writeMoves(tx: Tx, moves: readonly MoveRow[], now: Date): Promise<void> {
  const workspaceId = workspaceOf(tx);
  const last = new Map(moves.map((move) => [move.itemId, move.visitId]));
  const { alike, places } = groupAlike(moves);
  await send(
    tx,
    sql`
    with moved as materialized (
      select m.*, a.* from unnest(
        ${arrays.numbers(moves.map((move) => move.visitId))}::bigint[], ${arrays.numbers(moves.map((move) => move.itemId))}::bigint[],
        ${arrays.numbers(moves.map((move) => move.byId))}::bigint[], ${arrays.numbers(moves.map((move) => move.signalId))}::bigint[],
        ${arrays.texts(moves.map(chainToKeep))}::text[], ${arrays.texts(moves.map(timelineData))}::text[],
        ${arrays.flags(moves.map((move) => last.get(move.itemId) === move.visitId))}::boolean[], ${arrays.numbers(places)}::int[],
        ${arrays.times(moves.map((move) => move.at))}::timestamptz[]
      ) as m (visit_id, item_id, by_id, signal_id, chain, data, is_last, place, entered_at)
      join unnest(
        ${arrays.numbers(alike.map((move) => move.from.pipelineId))}::bigint[], ${arrays.numbers(alike.map((move) => move.from.stageId))}::bigint[],
        ${arrays.numbers(alike.map((move) => move.to.pipelineId))}::bigint[], ${arrays.numbers(alike.map((move) => move.to.stageId))}::bigint[],
        ${arrays.numbers(alike.map((move) => move.boardVersion))}::int[],
        ${arrays.texts(alike.map((move) => move.trigger?.id ?? null))}::text[], ${arrays.texts(alike.map((move) => move.trigger?.name ?? null))}::text[],
        ${arrays.texts(alike.map((move) => move.ruleName))}::text[], ${arrays.numbers(alike.map((move) => move.runId))}::bigint[],
        ${arrays.texts(alike.map((move) => JSON.stringify(move.from.stage)))}::jsonb[], ${arrays.texts(alike.map((move) => JSON.stringify(move.to.stage)))}::jsonb[]
      ) with ordinality as a (from_pipeline, from_stage, to_pipeline, to_stage, version, trigger_id, trigger_name, rule_name, run_id, from_code, to_code, ordinal)
      on a.ordinal = m.place
    ), visited as (
      insert into visits (workspace_id, id, item_id, pipeline_id, stage_id, from_pipeline_id, from_stage_id, entered_at, board_version, by_id, signal_id, trigger_id, run_id, chain)
      overriding system value
      select ${workspaceId}, visit_id, item_id, to_pipeline, to_stage, from_pipeline, from_stage, entered_at, version, by_id, signal_id, trigger_id, run_id, chain::jsonb
      from moved
    ), told as (
      insert into history (workspace_id, item_id, at, author_id, field, "from", "to", trigger_name, rule_name, signal_id)
      select ${workspaceId}, item_id, ${now}::timestamptz, by_id, 'stage', from_code, to_code, trigger_name, rule_name, signal_id from moved
    ), shown as (
      insert into timeline (workspace_id, item_id, kind, at, author_id, data)
      select ${workspaceId}, item_id, 'moved', ${now}::timestamptz, by_id, data::jsonb from moved
    )
    update items i set pipeline_id = m.to_pipeline, stage_id = m.to_stage, visit_id = m.visit_id, moved_at = ${now}, updated_at = ${now}
    from moved m where m.is_last and i.workspace_id = ${workspaceId} and i.id = m.item_id`,
  );
  if (moves.some((move) => move.from.pipelineId !== move.to.pipelineId)) await writePipelineHistory(tx, moves, now);
}

/** Most moves of a batch are alike but for the item: what they share is sent once. */
function groupAlike(moves: readonly MoveRow[]): { alike: MoveRow[]; places: number[] } {
  const known = new Map<string, number>();
  const alike: MoveRow[] = [];
  const places = moves.map((move) => {
    const key = `${move.from.stageId} ${move.to.stageId} ${move.boardVersion} ${move.runId} ${move.trigger?.id} ${move.ruleName}`;
    const place = known.get(key) ?? alike.push(move);
    known.set(key, place);
    return place;
  });
  return { alike, places };
}

// A chain of this one link stands in the visit already: from where, to where (see `chainOfVisit`).
function chainToKeep({ chain, itemId, from, to }: MoveRow): string | null {
  if (chain === null) return null;
  const [link, ...more] = chain.entered;
  const alone = more.length === 0 && link?.item === itemId && link.stage === to.stageId;
  const origins = Object.keys(chain.origin);
  return alone && origins.length === 1 && chain.origin[itemId] === from.stageId ? null : JSON.stringify(chain);
}

/** The chain that a visit keeps, or the one that it stands for by itself (semantics.md 7). */
export function chainOfVisit(visit: {
  readonly itemId: number;
  readonly stageId: number;
  readonly fromStageId: number | null;
  readonly chain: Chain | null;
}): Chain {
  const { itemId, stageId, fromStageId, chain } = visit;
  if (chain !== null) return chain;
  if (fromStageId === null) return { origin: { [itemId]: stageId }, entered: [] };
  return { origin: { [itemId]: fromStageId }, entered: [{ item: itemId, stage: stageId }] };
}

function timelineData(move: MoveRow): string {
  const crossing = move.from.pipelineId !== move.to.pipelineId;
  return JSON.stringify({
    ...{
      from: move.from.stage,
      to: move.to.stage,
      trigger: move.trigger?.name ?? null,
      signal: move.signalId,
      by: move.byId,
    },
    ...(move.ruleName === null ? {} : { rule: move.ruleName }),
    ...(crossing ? { fromPipeline: move.from.pipeline, toPipeline: move.to.pipeline } : {}),
  });
}

async function writePipelineHistory(tx: Tx, moves: readonly MoveRow[], now: Date): Promise<void> {
  const crossing = moves.filter((move) => move.from.pipelineId !== move.to.pipelineId);
  await tx
    .insertInto('history')
    .values(
      crossing.map((move) => ({
        ...{ workspace_id: workspaceOf(tx), item_id: move.itemId, at: now, author_id: move.byId, field: 'pipeline' },
        ...{ from: JSON.stringify(move.from.pipeline), to: JSON.stringify(move.to.pipeline) },
        ...{ trigger_name: move.trigger?.name ?? null, rule_name: move.ruleName, signal_id: move.signalId },
      })),
    )
    .execute();
}
