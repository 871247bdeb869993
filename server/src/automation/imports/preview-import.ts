import type { ImportPreview, ImportSettings } from '@signalbox/contract/imports.ts';
import { doubtsOf } from '../../crm/csv/column-reading.ts';
import { plainCell } from '../../crm/csv/plain-cell.ts';
import { readCell } from '../../crm/csv/read-cell.ts';
import { inShort } from '../../crm/csv/read-row.ts';
import { getPipeline } from '../../crm/pipelines/find-pipeline.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { checkMayFillColumns } from './job/import-plan.ts';
import { countCells, findImport, type ImportRow, listRows, type SourceRow } from './job/imports.store.ts';
import { foresee, MOST_FORESEEN } from './rows/foresee.ts';
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
  const { first, rows, ...told } = await readAll(tx, world, isClient);
  const { outcomes, changes } = await foresee(tx, world, rows);
  return {
    rows: first.map((given) => ({ ...shown(world, given), outcome: outcomes.get(given.row.position) ?? null })),
    changes: [...changes],
    unknownOwners: shownOwners(await countUnknownOwners(tx, job, world)),
    readings: readingsOf(world),
    stages: isClient ? [] : await stagesOf(tx, job, settings),
    ...told,
  };
}

/** So many rows are looked at, the first ones: whoever waits for the answer waits a few seconds at most. */
const MOST_CHECKED = 20_000;
const CELLS_AT_ONCE = 20_000;

interface ReadAll extends Pick<ImportPreview, 'checkedRows' | 'withProblems' | 'reasons'> {
  readonly first: readonly RowInput[];
  /** What may be foreseen. */
  readonly rows: readonly SourceRow[];
}

async function readAll(tx: Tx, world: World, isClient: boolean): Promise<ReadAll> {
  const { id, rowCount } = world.job;
  const checkedRows = Math.min(rowCount, MOST_CHECKED);
  const limit = Math.max(1, Math.floor(CELLS_AT_ONCE / Math.max(1, world.scope.width)));
  const [first, rows, reasons]: [RowInput[], SourceRow[], Record<string, number>] = [[], [], {}];
  let withProblems = 0;
  for (let from = 0; from < checkedRows; from += limit) {
    const some = await listRows(tx, id, { from, limit: Math.min(limit, checkedRows - from) });
    if (rows.length < MOST_FORESEEN) rows.push(...some.slice(0, MOST_FORESEEN - rows.length));
    for (const one of await readRows(tx, world, some)) {
      const isSaid = textOf(one, 'id') !== null;
      const given = isClient ? (isSaid ? one : withNameProblem(one)) : withItemProblems(world, one, isSaid);
      if (first.length < SHOWN_ROWS) first.push(given);
      if (given.problems.length > 0) withProblems += 1;
      for (const code of new Set(given.problems.map((problem) => problem.code)))
        reasons[code] = (reasons[code] ?? 0) + 1;
    }
  }
  return { first, rows, checkedRows, withProblems, reasons };
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

async function stagesOf(tx: Tx, { id, target }: ImportRow, settings: ImportSettings): Promise<ImportPreview['stages']> {
  const column = settings.columns.find(({ to }) => to === 'stage')?.column;
  if (column === undefined || target === 'contact' || target === 'company') return [];
  const texts = new Map<string, number>();
  for (const { text, rows } of await countCells(tx, id, { column, limit: MOST_TEXTS })) {
    const plain = plainCell(text).trim();
    if (plain !== '') texts.set(plain, (texts.get(plain) ?? 0) + rows);
  }
  const counted = [...texts].map(([text, rows]) => ({ text, rows })).sort((a, b) => b.rows - a.rows);
  return stageTexts(counted, (await getPipeline(tx, target, settings.pipeline)).stages);
}

const MOST_TEXTS = 200;
