import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  dateOrder,
  decimalMark,
  type ImportColumn,
  importSettings,
  importTarget,
} from '@signalbox/contract/imports.ts';
import { importBatch, queueImport } from '../automation/imports/import-batch.ts';
import { getImport, lineOf } from '../automation/imports/imports.routes.ts';
import { findImport, type ImportRow, listNotedRows } from '../automation/imports/job/imports.store.ts';
import { startImport } from '../automation/imports/start-import.ts';
import { insertDraft, prepareUpload, type Upload } from '../automation/imports/upload-import.ts';
import { severalTargets } from '../crm/csv/guess/target-headers.ts';
import type { ReadTable } from '../crm/csv/table/read-table.ts';
import { findPipeline } from '../crm/pipelines/find-pipeline.ts';
import { listPipelines } from '../crm/pipelines/pipelines.store.ts';
import { command, sign } from '../platform/author.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { csvLine } from '../platform/http/write-csv.ts';
import { findUser, findWorkspace } from './find-workspace.ts';
import { withContext } from './open-context.ts';
import { UsageError } from './usage.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const list = { type: 'string', multiple: true } as const;

/** `import csv <file> --type deal … --run-rules|--no-rules`; prints what became of the rows. */
export async function importCsv(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{
        type: text,
        pipeline: text,
        workspace: text,
        user: text,
        duplicates: text,
        delimiter: text,
        'bad-cells': text,
        'bad-rows': text,
        ...{ locale: text, empty: text, lists: text, 'unknown-owners': text, 'owner-field': text },
      },
      ...{ map: list, stage: list, read: list, 'run-rules': flag, 'no-rules': flag, 'only-mapped': flag },
    },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError('import csv takes one file');
  const target = importTarget.safeParse(values.type);
  if (!target.success)
    throw new UsageError('--type is lead, deal, quote, invoice, the code of a smart process, contact or company');
  if ((values['run-rules'] === true) === (values['no-rules'] === true))
    throw new UsageError('Say --run-rules or --no-rules: whether the rules of the stages run for the imported items');
  const { map = [], stage = [], read = [] } = values;
  const options: Options = {
    ...values,
    map,
    stage,
    read,
    file,
    target: target.data,
    runRules: values['run-rules'] === true,
  };
  const job = await withContext((context) => run(context, options));
  process.stdout.write(report(job));
}

interface Options {
  readonly file: string;
  readonly target: ImportRow['target'];
  readonly runRules: boolean;
  readonly pipeline?: string | undefined;
  readonly workspace?: string | undefined;
  readonly user?: string | undefined;
  readonly duplicates?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly 'bad-cells'?: string | undefined;
  readonly 'bad-rows'?: string | undefined;
  readonly 'only-mapped'?: boolean | undefined;
  readonly locale?: string | undefined;
  readonly empty?: string | undefined;
  readonly lists?: string | undefined;
  readonly 'unknown-owners'?: string | undefined;
  readonly 'owner-field'?: string | undefined;
  readonly map: readonly string[];
  readonly stage: readonly string[];
  readonly read: readonly string[];
}

/** Should this process die, a running server goes on after so long. */
const TAKE_OVER_MS = 60_000;

async function run(context: Context, options: Options): Promise<ImportRow> {
  const workspaceId = await findWorkspace(context, options.workspace);
  const user = options.user === undefined ? null : await findUser(context, { email: options.user, workspaceId });
  const inside = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(context.databases.app, workspaceId, work);
  const beginning = { options, workspaceId, employeeId: user?.id ?? null, now: context.clock.now() };
  const { upload, read } = await inside((tx) => prepare(tx, beginning));
  // However long that takes: no transaction waits for it.
  const table = await read();
  const importId = await inside((tx) => begin(tx, beginning, { upload, table }));
  const batch = { workspaceId, importId, nextInMs: TAKE_OVER_MS };
  for (let state = await importBatch(context, batch); state !== 'ended'; state = await importBatch(context, batch))
    if (state === 'busy') await sleep(200);
  const badRows = options['bad-rows'];
  if (badRows !== undefined) fs.writeFileSync(badRows, await inside((tx) => badRowsOf(tx, importId)));
  return inside((tx) => getImport(tx, importId));
}

interface Beginning {
  readonly options: Options;
  readonly workspaceId: number;
  readonly employeeId: number | null;
  readonly now: Date;
}

async function prepare(tx: Tx, { options, employeeId, now }: Beginning) {
  const { target, delimiter, pipeline } = options;
  const pipelineId = pipeline === undefined ? undefined : findPipeline(await listPipelines(tx, target), pipeline)?.id;
  const bytes = fs.readFileSync(options.file === '-' ? 0 : options.file);
  const fileName = path.basename(options.file);
  const upload: Upload = { employeeId, target, fileName, bytes, delimiter, pipelineId, now };
  return { upload, read: await prepareUpload(tx, upload) };
}

interface Draft {
  readonly upload: Upload;
  readonly table: ReadTable;
}

async function begin(
  tx: Tx,
  { options, workspaceId, employeeId, now }: Beginning,
  { upload, table }: Draft,
): Promise<number> {
  sign(tx, { ...command, byId: employeeId });
  const id = await insertDraft(tx, upload, table);
  const settings = importSettings.safeParse(settingsOf(await getImport(tx, id), options));
  if (!settings.success)
    throw new UsageError(
      settings.error.issues.map(({ path: where, message }) => `${where.join('.')}: ${message}`).join('; '),
    );
  await startImport(tx, id, { settings: settings.data, now });
  await queueImport(tx, { workspaceId, importId: id, nextInMs: TAKE_OVER_MS }, now);
  return id;
}

function settingsOf({ source }: ImportRow, options: Options): object {
  const columns: ImportColumn[] = source.columns.map(({ guess }) =>
    options['only-mapped'] === true ? { column: guess.column, to: '' } : guess,
  );
  for (const [header, to] of options.map.map(pair)) {
    const column = columnNamed(source, header);
    const before = columns.findIndex((one) => to !== 'new' && !severalTargets.has(to) && one.to === to);
    if (before >= 0) columns[before] = { column: before, to: '' };
    columns[column] = { column, to };
  }
  for (const [header, as] of options.read.map(pair)) {
    const column = columnNamed(source, header);
    columns[column] = { column, to: '', ...columns[column], ...readingNamed(as) };
  }
  return {
    ...{
      columns,
      runRules: options.runRules,
      pipeline: options.pipeline,
      duplicates: options.duplicates,
      badCells: options['bad-cells'],
      locale: options.locale,
      emptyCells: options.empty,
      lists: options.lists,
      unknownOwners: options['unknown-owners'],
      ownerField: options['owner-field'],
    },
    stages: {
      ...Object.fromEntries(source.stages.map((one) => [one.text, one.guess])),
      ...Object.fromEntries(options.stage.map(pair)),
    },
  };
}

function columnNamed({ columns }: ImportRow['source'], header: string): number {
  const column = columns.findIndex((one) => one.header.toLowerCase() === header.toLowerCase());
  if (column >= 0) return column;
  throw new UsageError(`The file has no column "${header}"; it has ${columns.map((one) => one.header).join(', ')}`);
}

function readingNamed(as: string): Pick<ImportColumn, 'order' | 'decimal'> {
  const [order, decimal] = [dateOrder.safeParse(as), decimalMark.safeParse(as)];
  if (order.success) return { order: order.data };
  if (decimal.success) return { decimal: decimal.data };
  throw new UsageError(`--read "Column=${as}": dates are read dmy, mdy or ymd, numbers by their decimal mark, . or ,`);
}

function pair(option: string): [string, string] {
  const at = option.lastIndexOf('=');
  if (at <= 0)
    throw new UsageError(`"${option}": write --map "Column=field", --stage "Text=CODE" and --read "Column=dmy"`);
  return [option.slice(0, at), option.slice(at + 1)];
}

async function badRowsOf(tx: Tx, id: number): Promise<string> {
  const headers = (await findImport(tx, id))?.source.columns.map(({ header }) => header) ?? [];
  const rows = await listNotedRows(tx, id, { from: 0, limit: 1_000_000 });
  return csvLine([...headers, 'line', 'result', 'reason']) + rows.map((row) => lineOf(row, headers)).join('');
}

function report({ id, rowCount, results, reasons, startedAt, endedAt, state }: ImportRow): string {
  const seconds = ((endedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0)) / 1_000;
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `  ${name}: ${count}\n`)
      .join('');
  return `import ${id} is ${state}: ${rowCount} rows in ${seconds.toFixed(1)} s\n${counted(results)}${Object.keys(reasons).length > 0 ? 'reasons\n' : ''}${counted(reasons)}`;
}
