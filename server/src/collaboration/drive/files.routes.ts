import { Readable } from 'node:stream';
import { idParams } from '@signalbox/contract/common.ts';
import { type FileInfo, fileInfo, files, filesQuery, MAX_FILE_BYTES, uploadQuery } from '@signalbox/contract/files.ts';
import { z } from 'zod';
import { accessFile, seesFile } from '../../access/access-file.ts';
import { seesEverything } from '../../access/sees-everything.ts';
import { record } from '../../audit/record.ts';
import { loadPeople, type PersonRow } from '../../people/employees.store.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { forbidden, notFound, tooLarge } from '../../platform/errors.ts';
import { checkAsNamed } from '../../platform/files/as-named.ts';
import { createStorage } from '../../platform/files/create-storage.ts';
import { fileHeaders } from '../../platform/files/file-headers.ts';
import { deleteFile, type FileRow, findFile, listFiles } from '../../platform/files/files.store.ts';
import { megabytes } from '../../platform/files/receive-upload.ts';
import type { Storage } from '../../platform/files/storage.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { checkFileQuotas, uploadFile } from './upload-file.ts';

const tag = 'Files';

export function fileRoutes(context: Context, { limitBytes = MAX_FILE_BYTES } = {}): Route[] {
  const storage = createStorage(context.config);
  return [list(context), upload(context, storage, limitBytes), content(context, storage), remove(context)];
}

const list = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/files',
    summary: 'Uploaded files, newest first; `ids=1,2` for some of them',
    tag,
    access: 'employee',
    query: filesQuery,
    answers: { 200: files },
    async handle({ caller, query: { limit, cursor, ids } }) {
      const below = parseIdCursor(cursor);
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const found = await listFiles(tx, { ids, below, limit: limit + 1, authorId: authorOf(caller, ids) });
        const rows = ids === undefined ? found : await onlySeen(tx, caller, found);
        const people = await loadPeople(
          tx,
          caller.workspaceId,
          rows.map(({ authorId }) => authorId),
        );
        return pageOf(rows, limit, { show: (row) => present(row, people), cursor: ({ id }) => [id] });
      });
      return { status: 200, body };
    },
  });

const upload = (context: Context, storage: Storage, limitBytes: number) =>
  route({
    method: 'POST',
    path: '/api/v1/files',
    summary:
      'Upload a file: its bytes as the body, its name in the query; one that nothing uses is deleted after a week',
    tag,
    access: 'employee',
    query: uploadQuery,
    body: z.instanceof(Readable, { error: 'Send the bytes of the file as application/octet-stream' }),
    consumes: ['application/octet-stream'],
    streams: true,
    answers: { 201: fileInfo },
    async handle({ caller, query, body, request, reply, write }) {
      // A body that is refused half-way is not read to its end; the connection ends with the answer.
      reply.header('connection', 'close');
      const bytes = Number(request.headers['content-length'] ?? 0);
      if (bytes > limitBytes) throw tooLarge(`A file may have at most ${megabytes(limitBytes)} MB`);
      const { workspaceId, employeeId } = caller;
      const now = context.clock.now();
      await inWorkspace(context.databases.app, workspaceId, (tx) => checkFileQuotas(tx, { employeeId, bytes, now }));
      const given = { workspaceId, employeeId, name: query.name, type: query.type, body, limitBytes };
      const check = async ({ path }: { path: string }) => {
        await checkAsNamed(path, given);
        return given;
      };
      const answer = await uploadFile(context, { storage, upload: given, check }, (insert, { sha256, size }) => {
        // The same request again is one with the same bytes (Idempotency-Key).
        request.body = { sha256, size };
        return write(async (tx) => ({ status: 201, body: await presentOne(tx, caller, await insert(tx)) }));
      });
      reply.removeHeader('connection');
      return answer;
    },
  });

const content = ({ databases }: Context, storage: Storage) =>
  route({
    method: 'GET',
    path: '/api/v1/files/:id',
    summary: 'The content of a file; plain pictures are shown, all else is saved',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: z.unknown() },
    produces: 'application/octet-stream',
    async handle({ caller, params }) {
      const file = await inWorkspace(databases.app, caller.workspaceId, async (tx) =>
        accessFile(tx, caller, { id: params.id, file: await findFile(tx, params.id) }),
      );
      const body = await storage.open(file.key);
      if (body === undefined) throw notFound(`File ${params.id}`);
      return { status: 200, body, headers: { ...fileHeaders(file), 'content-length': String(file.size) } };
    },
  });

const remove = ({ clock }: Context) =>
  route({
    method: 'DELETE',
    path: '/api/v1/files/:id',
    summary: 'Delete a file for good, wherever it is used; for its author and administrators',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 204: null },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        const file = await accessFile(tx, caller, { id: params.id, file: await findFile(tx, params.id) });
        if (caller.role !== 'admin' && file.authorId !== caller.employeeId)
          throw forbidden('Only the one who uploaded a file, or an administrator, may delete it');
        await deleteFile(tx, params.id, clock.now());
        await record(tx, { kind: 'file-deleted', on: { kind: 'file', id: file.id, name: file.name } });
        return { status: 204 };
      }),
  });

/** Who does not see everything lists their own files; others they are shown where they stand. */
function authorOf({ rights, employeeId }: Caller, ids: readonly number[] | undefined): number | undefined {
  return ids !== undefined || seesEverything(rights) ? undefined : employeeId;
}

async function onlySeen(tx: Tx, caller: Caller, files: readonly FileRow[]): Promise<FileRow[]> {
  const seen = [];
  for (const file of files) if (await seesFile(tx, caller, file)) seen.push(file);
  return seen;
}

async function presentOne(tx: Tx, { workspaceId }: Caller, row: FileRow): Promise<FileInfo> {
  return present(row, await loadPeople(tx, workspaceId, [row.authorId]));
}

function present({ id, name, type, size, sha256, authorId, createdAt }: FileRow, people: People): FileInfo {
  const author = authorId === null ? null : (people.get(authorId) ?? null);
  return { id, name, type, size, sha256, author, createdAt: createdAt.toISOString() };
}

type People = ReadonlyMap<number, PersonRow>;
