import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { isMoney } from '@signalbox/automation/kit/values/values.ts';
import type { ImportPreview, ImportSettings } from '@signalbox/contract/imports.ts';
import { inShort } from '../../crm/csv/read-row.ts';
import { getPipeline } from '../../crm/pipelines/find-pipeline.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { checkMayFillColumns } from './job/import-plan.ts';
import { count, findImport, type ImportRow, listRows } from './job/imports.store.ts';
import { withNameProblem } from './rows/import-clients.ts';
import { itemProblems } from './rows/import-items.ts';
import { loadWorld, type RowInput, type World } from './rows/import-world.ts';
import { readRows } from './rows/read-rows.ts';
import { stageTexts } from './upload-import.ts';

const SHOWN_ROWS = 25;

/** What the settings would make of the file; writes nothing. */
export async function previewImport(
  tx: Tx,
  id: number,
  { settings, now, workspaceId, rights }: { settings: ImportSettings; now: Date; workspaceId: number; rights?: Rights },
): Promise<ImportPreview> {
  const job = await findImport(tx, id);
  if (job === undefined) throw notFound(`Import ${id}`);
  checkMayFillColumns(settings, { target: job.target, rights });
  const plan = { ...settings, pipelineId: null, responsibleId: null };
  const world = await loadWorld(tx, job, plan, { workspaceId, byId: null, chain: null, now, rights });
  const rows = await listRows(tx, id, { from: 0, limit: job.rowCount });
  const isClient = job.target === 'contact' || job.target === 'company';
  const read = (await readRows(tx, world, rows)).map((given) => {
    return isClient ? withNameProblem(given) : { ...given, problems: itemProblems(world, given) };
  });
  const codes = read.flatMap(({ problems }) => [...new Set(problems.map(({ code }) => code))]);
  return {
    rows: read.slice(0, SHOWN_ROWS).map((given) => shown(world, given)),
    withProblems: read.filter(({ problems }) => problems.length > 0).length,
    reasons: count({}, codes),
    stages: isClient ? [] : await stagesOf(tx, job, { settings, rows }),
  };
}

function shown({ columns, scope }: World, { row, values, problems }: RowInput): ImportPreview['rows'][number] {
  const cells = row.cells.slice(0, scope.width);
  const texts = cells.map((_, column) => {
    const to = columns.find((one) => one.column === column)?.to;
    return to === undefined ? '' : inWords(values[to]);
  });
  return { line: row.line, cells: cells.map(inShort), values: texts.map(inShort), problems: [...problems] };
}

function inWords(value: FieldValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  return isMoney(value) ? `${value.amount} ${value.currency}` : String(value);
}

async function stagesOf(
  tx: Tx,
  { target }: ImportRow,
  { settings, rows }: { settings: ImportSettings; rows: Parameters<typeof stageTexts>[0] },
): Promise<ImportPreview['stages']> {
  const column = settings.columns.find(({ to }) => to === 'stage')?.column;
  if (column === undefined || target === 'contact' || target === 'company') return [];
  return stageTexts(rows, { column, stages: (await getPipeline(tx, target, settings.pipeline)).stages });
}
