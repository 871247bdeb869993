import type { ImportSettings } from '@signalbox/contract/imports.ts';
import { importTarget } from '@signalbox/contract/imports.ts';
import { record } from '../../audit/record.ts';
import { guessStageKind, makeCode } from '../../crm/csv/guess/guess-stages.ts';
import { plainWords } from '../../crm/csv/plain-words.ts';
import type { PlannedColumn } from '../../crm/csv/read-row.ts';
import { standardFields } from '../../crm/facts/standard-fields.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { insertField, listCustomFields } from '../../crm/fields/fields.store.ts';
import { getPipeline } from '../../crm/pipelines/find-pipeline.ts';
import { putStages, type StageRow } from '../../crm/pipelines/pipelines.store.ts';
import { getPersonId } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { announce } from '../../platform/realtime.ts';
import { checkMayFillColumns, type ImportPlan, newSpec, planColumns } from './job/import-plan.ts';
import { beginImport, type ImportRow, lockImport } from './job/imports.store.ts';

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
  const place = await placeOf(tx, job, settings);
  const { responsible, duplicates, badCells, emptyCells, lists, runRules } = settings;
  return {
    ...{ duplicates, badCells, emptyCells, lists, runRules, ...place },
    columns: (await withFields(tx, job, settings)).map((one) => ({ ...one, ...readAs(planned, one.column) })),
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

async function placeOf(
  tx: Tx,
  { target }: ImportRow,
  settings: ImportSettings,
): Promise<Pick<ImportPlan, 'pipelineId' | 'stages'>> {
  if (target === 'contact' || target === 'company') return { pipelineId: null, stages: {} };
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
    stages: Object.fromEntries(wanted.map(([text, code]) => [text, made.get(text) ?? code])),
  };
}

// Open ones before the end of the pipeline, won and lost ones behind it. Texts that differ only in style are one stage.
async function makeStages(
  tx: Tx,
  { id, stages }: { id: number; stages: readonly StageRow[] },
  texts: readonly string[],
): Promise<Map<string, string>> {
  const codes = new Set(stages.map(({ code }) => code));
  const byName = new Map<string, StageRow>();
  const fresh: StageRow[] = [];
  const made = new Map<string, string>();
  for (const text of texts) {
    const words = plainWords(text) || text;
    const stage = byName.get(words) ?? {
      ...{ id: 0, pipeline_id: id, color: '' },
      code: makeCode(text, codes, 'STAGE').toUpperCase(),
      name: text.slice(0, 100),
      kind: guessStageKind(text),
    };
    if (!byName.has(words)) fresh.push(stage);
    byName.set(words, stage);
    codes.add(stage.code);
    made.set(text, stage.code);
  }
  if (fresh.length === 0) return made;
  const all = [...stages, ...fresh];
  const order = { open: 0, won: 1, lost: 2 };
  all.sort((a, b) => order[a.kind] - order[b.kind]);
  await putStages(
    tx,
    id,
    all.map(({ code, name, kind, color }) => ({ code, name, kind, ...(color !== '' && { color }) })),
  );
  announce(tx, { topic: 'pipelines', kind: 'changed', pipeline: id });
  return made;
}

async function withFields(
  tx: Tx,
  { target, source }: ImportRow,
  { columns }: ImportSettings,
): Promise<ImportPlan['columns']> {
  const custom = await listCustomFields(tx, target);
  const codes = new Set([...standardFields, ...custom].map(({ code }) => code));
  for (const word of [...reserved, ...Object.getOwnPropertyNames(Object.prototype)]) codes.add(word);
  const planned: ImportPlan['columns'] = [];
  for (const { column, to, kind } of columns) {
    if (to === '') continue;
    if (to !== 'new') {
      planned.push({ column, to });
      continue;
    }
    const name = source.columns[column]?.header || `Column ${column + 1}`;
    const code = makeCode(name, codes, 'field');
    codes.add(code);
    const field = {
      type: importTarget.parse(target),
      code,
      name,
      kind: newSpec(kind).kind,
      multiple: false,
      options: [],
      requiredStages: [],
    };
    await insertField(tx, field);
    planned.push({ column, to: code });
  }
  announce(tx, { topic: 'fields', kind: 'created', field: 0 });
  return planned;
}

// Names that conditions, templates and imports give a meaning of their own.
const reserved = [
  'id',
  'type',
  'item',
  'client',
  'signal',
  'rules',
  'now',
  'time',
  'parent',
  'fields',
  'new',
  'key',
  'name',
  'email',
  'phone',
  'firstName',
  'lastName',
];
