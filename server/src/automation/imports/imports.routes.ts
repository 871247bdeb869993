import { idParams } from '@signalbox/contract/common.ts';
import {
  type ImportJob,
  importJob,
  importJobs,
  importPreview,
  importQuery,
  importSettings,
  importsQuery,
} from '@signalbox/contract/imports.ts';
import { z } from 'zod';
import { checkMayImport } from '../../access/access-import.ts';
import { seesEverything } from '../../access/sees-everything.ts';
import { exportCsv } from '../../audit/export-csv.ts';
import { record } from '../../audit/record.ts';
import { findPipeline } from '../../crm/pipelines/find-pipeline.ts';
import { listPipelines } from '../../crm/pipelines/pipelines.store.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { csvLine } from '../../platform/http/write-csv.ts';
import { queueImport } from './import-batch.ts';
import {
  endImport,
  findImport,
  type ImportRow,
  listImports,
  listNotedRows,
  lockImport,
  type NotedRow,
} from './job/imports.store.ts';
import { removeUnneeded } from './made-for-import.ts';
import { previewImport } from './preview-import.ts';
import { startImport } from './start-import.ts';
import { insertDraft, prepareUpload } from './upload-import.ts';

export const importRoutes = (context: Context): Route[] => [
  list(context),
  show(context),
  upload(context),
  preview(context),
  start(context),
  cancel(context),
  bad(context),
];

const tag = 'Import';
const MEBIBYTE = 1024 * 1024;

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/imports',
    summary: 'Imports, newest first',
    tag,
    access: 'employee',
    query: importsQuery,
    answers: { 200: importJobs },
    async handle({ caller, query: { limit, cursor } }) {
      const below = parseIdCursor(cursor) ?? Number.MAX_SAFE_INTEGER;
      const rows = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        listImports(tx, {
          below,
          limit: limit + 1,
          employeeId: seesEverything(caller.rights) ? null : caller.employeeId,
        }),
      );
      return { status: 200, body: pageOf(rows, limit, { show: present, cursor: ({ id }) => [id] }) };
    },
  });

const show = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/imports/:id',
    summary: 'An import and how far it is',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: importJob },
    async handle({ caller, params }) {
      const job = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        accessImport(tx, caller, params.id),
      );
      return { status: 200, body: present(job) };
    },
  });

const upload = ({ clock, databases }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/imports',
    tag,
    access: 'employee',
    summary: 'Upload a CSV file: a draft with a guess for every column; nothing comes in yet',
    query: importQuery,
    body: z.instanceof(Buffer, { error: 'Send the file as text/csv' }),
    consumes: ['text/csv'],
    bodyLimitBytes: 32 * MEBIBYTE,
    answers: { 201: importJob },
    async handle({ caller, query, body, write }) {
      const { target, name: fileName, delimiter, pipeline } = query;
      checkMayImport(caller.rights, target);
      const { employeeId, rights, workspaceId } = caller;
      const asked = { target, fileName, delimiter, bytes: body, employeeId, rights, now: clock.now() };
      const { read, pipelineId } = await inWorkspace(databases.app, workspaceId, async (tx) => ({
        read: await prepareUpload(tx, asked),
        pipelineId: pipeline === undefined ? undefined : findPipeline(await listPipelines(tx, target), pipeline)?.id,
      }));
      const table = await read();
      return write(async (tx) => {
        const job = await getImport(tx, await insertDraft(tx, { ...asked, pipelineId }, table));
        await record(tx, {
          kind: 'import-uploaded',
          on: { kind: 'import', id: job.id, name: job.fileName },
          params: { target },
        });
        return { status: 201, body: present(job) };
      });
    },
  });

const preview = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/imports/:id/preview',
    tag,
    access: 'employee',
    summary: 'What these settings would make of the file: the first rows, and the problems of all; nothing is written',
    params: idParams,
    body: importSettings,
    answers: { 200: importPreview },
    async handle({ caller, params, body: settings }) {
      const { workspaceId } = caller;
      const now = context.clock.now();
      const body = await inWorkspace(context.databases.app, workspaceId, async (tx) => {
        const { target } = await accessImport(tx, caller, params.id);
        checkMayImport(caller.rights, target);
        return previewImport(tx, params.id, { settings, now, workspaceId, rights: caller.rights });
      });
      return { status: 200, body };
    },
  });

const start = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/imports/:id/start',
    tag,
    access: 'employee',
    summary: 'Start a draft; its rows come in in the background',
    params: idParams,
    body: importSettings,
    answers: { 200: importJob },
    handle: ({ caller, params, body: settings, write }) =>
      write(async (tx) => {
        const { target } = await accessImport(tx, caller, params.id);
        checkMayImport(caller.rights, target);
        await startImport(tx, params.id, { settings, now: clock.now(), rights: caller.rights });
        await queueImport(tx, { workspaceId: caller.workspaceId, importId: params.id, nextInMs: 0 }, clock.now());
        return { status: 200, body: present(await getImport(tx, params.id)) };
      }),
  });

const cancel = ({ clock }: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/imports/:id/cancel',
    tag,
    access: 'employee',
    summary: 'Stop an import; the rows that are in stay',
    params: idParams,
    answers: { 200: importJob },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        await accessImport(tx, caller, params.id);
        const job = await lockImport(tx, params.id, { skipLocked: false });
        if (job === undefined) throw notFound(`Import ${params.id}`);
        if (job.endedAt !== null) throw conflict('ended', `Import ${params.id} has ended`);
        await removeUnneeded(tx, job);
        await endImport(tx, params.id, { state: 'cancelled', now: clock.now() });
        await record(tx, { kind: 'import-cancelled', on: { kind: 'import', id: job.id, name: job.fileName } });
        return { status: 200, body: present(await getImport(tx, params.id)) };
      }),
  });

const bad = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/imports/:id/rows.csv',
    tag,
    access: 'employee',
    confirmed: true,
    summary: 'The rows that stayed out, were skipped or lost a cell, as they were, with line and reason',
    params: idParams,
    produces: 'text/csv',
    answers: { 200: z.any() },
    async handle({ caller, params }) {
      const inside = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(context.databases.app, caller.workspaceId, work);
      const { source, fileName } = await inside((tx) => accessImport(tx, caller, params.id));
      const headers = source.columns.map(({ header }) => header);
      return exportCsv(context, caller, {
        fileName: `rows of ${fileName}`,
        act: { kind: 'import-rows-exported', on: { kind: 'import', id: params.id, name: fileName } },
        lines: () => notedLines(inside, params.id, headers),
      });
    },
  });

async function* notedLines(
  inside: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  importId: number,
  headers: readonly string[],
) {
  yield [csvLine([...headers, 'line', 'result', 'reason'])];
  for (let from = 0; ; ) {
    const start = from;
    const rows = await inside((tx) => listNotedRows(tx, importId, { from: start, limit: 1_000 }));
    yield rows.map((row) => lineOf(row, headers));
    const last = rows.at(-1);
    if (last === undefined || rows.length < 1_000) return;
    from = last.position + 1;
  }
}

export function lineOf({ cells, line, state, notes }: NotedRow, headers: readonly string[]): string {
  const reasons = notes.map(
    ({ column, code, text }) => `${headers[column] ?? ''}: ${code}${text === '' ? '' : ` "${text}"`}`,
  );
  const padded = headers.map((_, index) => cells[index] ?? '');
  return csvLine([...padded, String(line), state ?? 'not reached', reasons.join('; ')]);
}

/** One's own, and anybody's for who sees everything; 404 else. */
async function accessImport(tx: Tx, { rights, employeeId }: Caller, id: number): Promise<ImportRow> {
  const job = await getImport(tx, id);
  if (job.employeeId !== employeeId && !seesEverything(rights)) throw notFound(`Import ${id}`);
  return job;
}

export async function getImport(tx: Tx, id: number): Promise<ImportRow> {
  const job = await findImport(tx, id);
  if (job === undefined) throw notFound(`Import ${id}`);
  return job;
}

export function present(job: ImportRow): ImportJob {
  const { source, rowCount, employeeId: _, plan: __, createdAt, startedAt, endedAt, ...rest } = job;
  return {
    ...rest,
    ...{ encoding: source.encoding, delimiter: source.delimiter, locale: source.locale },
    ...{ stages: source.stages, rows: rowCount },
    columns: source.columns.map(({ header, samples, filled, guess }) => ({ header, samples, filled, guess })),
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
