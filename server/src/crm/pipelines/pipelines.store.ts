import type { ItemType } from '@signalbox/contract/common.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { holdItemType } from '../types/check-item-type.ts';

export interface StageRow {
  readonly id: number;
  readonly pipeline_id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: 'open' | 'won' | 'lost';
  readonly color: string;
}

export interface NewStage {
  readonly code: string;
  readonly name: string;
  readonly kind: 'open' | 'won' | 'lost';
  readonly color?: string | undefined;
}

export async function listPipelines(tx: Tx, type?: string) {
  const pipelines = await tx
    .selectFrom('pipelines')
    .select(['id', 'type', 'name', 'board_version as version'])
    .where('workspace_id', '=', workspaceOf(tx))
    .$if(type !== undefined, (query) => query.where('type', '=', type ?? ''))
    .orderBy('position')
    .orderBy('id')
    .execute();
  const stages = await listStages(
    tx,
    pipelines.map(({ id }) => id),
  );
  return pipelines.map((pipeline) => ({
    ...pipeline,
    stages: stages.filter((stage) => stage.pipeline_id === pipeline.id),
  }));
}

/** In the order of the screen. */
export async function listStages(tx: Tx, pipelineIds: readonly number[]): Promise<StageRow[]> {
  if (pipelineIds.length === 0) return [];
  return tx
    .selectFrom('stages')
    .select(['id', 'pipeline_id', 'code', 'name', 'kind', 'color'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('pipeline_id', 'in', [...pipelineIds])
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** Behind the other pipelines of its type; undefined when somebody has made one of that name, if only a moment ago. */
export async function insertPipeline(
  tx: Tx,
  { type, name }: { type: ItemType; name: string },
): Promise<number | undefined> {
  await holdItemType(tx, type);
  const { rows } = await sql<{ id: number }>`
    insert into pipelines (workspace_id, type, name, position)
    select ${workspaceOf(tx)}, ${type}, ${name}, coalesce(max(position) + 1, 0)
    from pipelines where workspace_id = ${workspaceOf(tx)} and type = ${type}
    on conflict (workspace_id, type, lower(name)) do nothing
    returning id`.execute(tx);
  return rows[0]?.id;
}

export async function renamePipeline(tx: Tx, id: number, name: string): Promise<void> {
  await tx
    .updateTable('pipelines')
    .set({ name })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

/** Adds and changes the stages by their codes, in this order; those that are left out stay as they are. */
export async function putStages(tx: Tx, pipelineId: number, stages: readonly NewStage[]): Promise<void> {
  for (const [position, stage] of stages.entries()) {
    const color = stage.color ?? defaultColor(stage.kind, position);
    await sql`
      insert into stages (workspace_id, pipeline_id, code, name, kind, color, position)
      values (${workspaceOf(tx)}, ${pipelineId}, ${stage.code}, ${stage.name}, ${stage.kind}, ${color}, ${position})
      on conflict (workspace_id, pipeline_id, code) do update
      set name = excluded.name, kind = excluded.kind, position = excluded.position,
        color = case when ${stage.color === undefined} then stages.color else excluded.color end`.execute(tx);
  }
}

export async function deleteStage(tx: Tx, stageId: number): Promise<void> {
  await tx.deleteFrom('stages').where('workspace_id', '=', workspaceOf(tx)).where('id', '=', stageId).execute();
}

/** Locks the pipelines of a type, so that their order is changed by one at a time. */
export async function lockPipelines(tx: Tx, type: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('pipelines')
    .select(['id', 'position'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('type', '=', type)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.toSorted((one, other) => one.position - other.position || one.id - other.id).map(({ id }) => id);
}

export async function orderPipelines(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`update pipelines p set position = wanted.place - 1
    from unnest(${arrays.numbers(ids)}::bigint[]) with ordinality wanted (id, place)
    where p.workspace_id = ${workspaceOf(tx)} and p.id = wanted.id`.execute(tx);
}

export async function deletePipeline(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('pipelines').where('workspace_id', '=', workspaceOf(tx)).where('id', '=', id).execute();
}

/** Locks the items that stand on these stages, in ascending id (semantics.md 4). */
export async function lockItemsOnStages(tx: Tx, pipelineId: number, stageIds: readonly number[]): Promise<void> {
  await sql`select from items where workspace_id = ${workspaceOf(tx)} and pipeline_id = ${pipelineId}
    and stage_id = any(${arrays.numbers(stageIds)}::bigint[]) order by id for update`.execute(tx);
}

/** The items that stand on a stage. */
export async function itemsOnStage(tx: Tx, stage: { id: number; pipeline_id: number }): Promise<number[]> {
  const rows = await tx
    .selectFrom('items')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('pipeline_id', '=', stage.pipeline_id)
    .where('stage_id', '=', stage.id)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

const palette = ['#228be6', '#15aabf', '#7950f2', '#fab005', '#fd7e14', '#e64980', '#4c6ef5'];

function defaultColor(kind: NewStage['kind'], position: number): string {
  if (kind === 'won') return '#40c057';
  if (kind === 'lost') return '#fa5252';
  return palette[position % palette.length] ?? '#868e96';
}
