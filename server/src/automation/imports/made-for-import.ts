import { countValues, deleteField, listCustomFields, listPipelinesNaming } from '../../crm/fields/fields.store.ts';
import { deleteStage } from '../../crm/pipelines/pipelines.store.ts';
import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import { stopMoves } from '../moves/hold-stages.ts';
import { findUntouchedStages, type ImportRow } from './job/imports.store.ts';

type Ended = Pick<ImportRow, 'plan' | 'results'>;

/** What was made for the import and is of no use: all of it when nothing came in, else the field of owners, which nobody may need. */
function unneeded({ plan, results }: Ended): {
  readonly fields: readonly string[];
  readonly stages: readonly string[];
} {
  if (plan === null) return { fields: [], stages: [] };
  if ((results.created ?? 0) + (results.updated ?? 0) === 0) return plan.made;
  return { fields: plan.made.fields.filter((code) => code === plan.owners.field), stages: [] };
}

/** Whether something may have been made in vain. */
export function hasUnneeded(ended: Ended): boolean {
  const { fields, stages } = unneeded(ended);
  return fields.length + stages.length > 0;
}

/**
 * Takes back the fields and stages that were made in vain, but for those that somebody uses meanwhile. In a transaction that
 * has put no item on a stage.
 */
export async function removeUnneeded(tx: Tx, { target, plan, results }: ImportRow): Promise<void> {
  const { fields, stages } = unneeded({ plan, results });
  if (stages.length > 0) await stopMoves(tx);
  for (const { id, code } of fields.length > 0 ? await listCustomFields(tx, target) : []) {
    if (!fields.includes(code) || (await isUsed(tx, { type: target, code }))) continue;
    await deleteField(tx, id);
    announce(tx, { topic: 'fields', kind: 'changed', field: id });
  }
  const pipeline = plan?.pipelineId ?? null;
  const untouched = pipeline === null ? [] : await findUntouchedStages(tx, pipeline, stages);
  for (const id of untouched) await deleteStage(tx, id);
  if (pipeline !== null && untouched.length > 0) announce(tx, { topic: 'pipelines', kind: 'changed', pipeline });
}

async function isUsed(tx: Tx, field: { type: string; code: string }): Promise<boolean> {
  const values = await countValues(tx, field);
  return values.some(({ records }) => records > 0) || (await listPipelinesNaming(tx, field)).length > 0;
}
