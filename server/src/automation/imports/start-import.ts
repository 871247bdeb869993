import type { ImportSettings } from '@signalbox/contract/imports.ts';
import { record } from '../../audit/record.ts';
import type { PlannedColumn } from '../../crm/csv/read-row.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { getPipeline } from '../../crm/pipelines/find-pipeline.ts';
import { getPersonId } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { checkMayFillColumns, type ImportPlan, planColumns } from './job/import-plan.ts';
import { beginImport, type ImportRow, lockImport } from './job/imports.store.ts';
import { fieldMaker, withFields } from './make-fields.ts';
import { makeStages } from './make-stages.ts';
import { ownersOf } from './plan-owners.ts';

/** Makes the fields and stages that are wanted and starts the import; the caller queues it. 409 unless it is a draft. */
export async function startImport(
  tx: Tx,
  id: number,
  { settings, now, rights }: { settings: ImportSettings; now: Date; rights?: Rights },
): Promise<void> {
  const job = await lockImport(tx, id, { skipLocked: false });
  if (job === undefined) throw notFound(`Import ${id}`);
  if (job.state !== 'draft') throw conflict('started', `Import ${id} was started already`);
  checkMayFillColumns(settings, { target: job.target, rights });
  await beginImport(tx, id, { plan: await makePlan(tx, job, settings), now });
  await record(tx, {
    ...{ kind: 'import-started', on: { kind: 'import', id, name: job.fileName } },
    params: {
      target: job.target,
      rows: job.rowCount,
      duplicates: settings.duplicates,
      rules: String(settings.runRules),
    },
  });
}

async function makePlan(tx: Tx, job: ImportRow, settings: ImportSettings): Promise<ImportPlan> {
  const reference = await loadReference(tx);
  const planned = planColumns(settings, { source: job.source, target: job.target, reference });
  if (planned.length === 0) throw invalidAt('columns', 'required', 'Choose at least one column');
  const { stages: madeStages, ...place } = await placeOf(tx, job, settings);
  const maker = await fieldMaker(tx, job.target);
  const columns = await withFields(job, settings, maker);
  const owners = await ownersOf(tx, job, { settings, reference, planned, maker });
  const { responsible, duplicates, badCells, emptyCells, lists, runRules } = settings;
  return {
    ...{ duplicates, badCells, emptyCells, lists, runRules, ...place },
    columns: columns.map((one) => ({ ...one, ...readAs(planned, one.column) })),
    ...{ owners, stages: madeStages.byText, made: { fields: [...maker.made], stages: madeStages.made } },
    responsibleId:
      responsible === undefined ? job.employeeId : await getPersonId(tx, workspaceOf(tx), responsible, 'responsible'),
  };
}

/** Kept with the import: whatever the workspace's settings become, its rows are read one way. */
function readAs(
  planned: readonly PlannedColumn[],
  column: number,
): Pick<ImportPlan['columns'][number], 'order' | 'decimal'> {
  const found = planned.find((one) => one.column === column);
  return found === undefined ? {} : { order: found.order, decimal: found.decimal };
}

interface Place {
  readonly pipelineId: number | null;
  readonly stages: { readonly byText: Readonly<Record<string, string>>; readonly made: string[] };
}

async function placeOf(tx: Tx, { target }: ImportRow, settings: ImportSettings): Promise<Place> {
  if (target === 'contact' || target === 'company') return { pipelineId: null, stages: { byText: {}, made: [] } };
  const pipeline = await getPipeline(tx, target, settings.pipeline);
  const wanted = settings.columns.some(({ to }) => to === 'stage') ? Object.entries(settings.stages) : [];
  const unknown = wanted.find(([, code]) => code !== '+' && !pipeline.stages.some((stage) => stage.code === code));
  if (unknown !== undefined)
    throw invalidAt(
      `stages.${unknown[0]}`,
      'unknown-stage',
      `The pipeline "${pipeline.name}" has no stage ${unknown[1]}`,
    );
  const made = await makeStages(
    tx,
    pipeline,
    wanted.flatMap(([text, code]) => (code === '+' ? [text] : [])),
  );
  return {
    pipelineId: pipeline.id,
    stages: {
      byText: Object.fromEntries(wanted.map(([text, code]) => [text, made.get(text) ?? code])),
      made: [...new Set(made.values())],
    },
  };
}
