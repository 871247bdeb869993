import type { ImportPreview, ImportSettings } from '@signalbox/contract/imports.ts';
import { doubtsOf } from '../../crm/csv/column-reading.ts';
import { readCell } from '../../crm/csv/read-cell.ts';
import { inShort } from '../../crm/csv/read-row.ts';
import { getPipeline } from '../../crm/pipelines/find-pipeline.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { checkMayFillColumns } from './job/import-plan.ts';
import { count, findImport, type ImportRow, listRows } from './job/imports.store.ts';
import { foresee } from './rows/foresee.ts';
import { loadWorld, type RowInput, textOf, type World } from './rows/import-world.ts';
import { inWords } from './rows/in-words.ts';
import { withNameProblem } from './rows/match-clients.ts';
import { withItemProblems } from './rows/match-items.ts';
import { readRows } from './rows/read-rows.ts';
import { countUnknownOwners, type UnknownOwners } from './unknown-owners.ts';
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
  const isClient = job.target === 'contact' || job.target === 'company';
  const pipelineId = isClient ? null : (await getPipeline(tx, job.target, settings.pipeline)).id;
  const owners = { to: 'leave', field: null } as const;
  const plan = { ...settings, pipelineId, responsibleId: null, owners, made: { fields: [], stages: [] } };
  const world = await loadWorld(tx, job, plan, { workspaceId, byId: null, chain: null, now, rights });
  const rows = await listRows(tx, id, { from: 0, limit: job.rowCount });
  const read = (await readRows(tx, world, rows)).map((given) => {
    const isSaid = textOf(given, 'id') !== null;
    if (isClient) return isSaid ? given : withNameProblem(given);
    return withItemProblems(world, given, isSaid);
  });
  const { outcomes, changes } = await foresee(tx, world, rows);
  const codes = read.flatMap(({ problems }) => [...new Set(problems.map(({ code }) => code))]);
  return {
    rows: read
      .slice(0, SHOWN_ROWS)
      .map((given) => ({ ...shown(world, given), outcome: outcomes.get(given.row.position) ?? null })),
    changes: [...changes],
    unknownOwners: shownOwners(await countUnknownOwners(tx, job, world)),
    withProblems: read.filter(({ problems }) => problems.length > 0).length,
    readings: readingsOf(world),
    reasons: count({}, codes),
    stages: isClient ? [] : await stagesOf(tx, job, { settings, rows }),
  };
}

function shown(
  { columns, scope, reference }: World,
  { row, values, problems }: RowInput,
): Omit<ImportPreview['rows'][number], 'outcome'> {
  const cells = row.cells.slice(0, scope.width);
  const texts = cells.map((_, column) => {
    const planned = columns.find((one) => one.column === column);
    return planned === undefined ? '' : inWords(values[planned.to], planned.spec.kind, reference);
  });
  return { line: row.line, cells: cells.map(inShort), values: texts.map(inShort), problems: [...problems] };
}

const SHOWN_NAMES = 20;

function shownOwners({ rows, names }: UnknownOwners): ImportPreview['unknownOwners'] {
  return { rows, names: names.slice(0, SHOWN_NAMES).map((one) => ({ ...one, text: inShort(one.text) })) };
}

function readingsOf({ columns, job, scope, reference }: World): ImportPreview['readings'] {
  return columns.flatMap((planned) => {
    const evidence = job.source.columns[planned.column];
    if (evidence === undefined) return [];
    const { column, spec, order, orderBy, decimal, decimalBy } = planned;
    const said = {
      order: { as: order, by: orderBy },
      decimal: { as: decimal, by: decimalBy },
      serial: { as: 'serial', by: 'cells' },
    } as const;
    return doubtsOf(evidence, spec.kind).map(({ what, sample }) => ({
      ...{ column, what, sample: inShort(sample), ...said[what] },
      means: inShort(inWords(readCell(sample, spec, { ...scope, order, decimal }).value, spec.kind, reference)),
    }));
  });
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
