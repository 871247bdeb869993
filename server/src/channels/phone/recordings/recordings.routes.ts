import { Readable } from 'node:stream';
import { call } from '@signalbox/contract/channels/calls.ts';
import { idParams } from '@signalbox/contract/common.ts';
import { z } from 'zod';
import { record } from '../../../audit/record.ts';
import { checkFileQuotas } from '../../../collaboration/drive/upload-file.ts';
import type { Context } from '../../../platform/context.ts';
import { inWorkspace } from '../../../platform/db.ts';
import { conflict, notFound, tooLarge } from '../../../platform/errors.ts';
import { createStorage } from '../../../platform/files/create-storage.ts';
import { deleteFile, findFile } from '../../../platform/files/files.store.ts';
import { megabytes } from '../../../platform/files/receive-upload.ts';
import { type Route, route } from '../../../platform/http/http.ts';
import { accessCall, changeCall } from '../calls/access-call.ts';
import { presentCalls } from '../calls/present-calls.ts';
import { insertRecording, listOfCall, listRecordings, setRecording } from '../kept/recordings.store.ts';
import { loadLine } from '../lines/line.ts';
import { announceRecording } from '../telling/announce-call.ts';
import { filePartOf } from './file-part.ts';
import { keepRecording, MAX_RECORDING_BYTES } from './keep-recording.ts';
import { rangeOf } from './range.ts';

const tag = 'Calls';
/** The recording, and what a form writes around it. */
const MAX_FORM_BYTES = MAX_RECORDING_BYTES + 1_048_576;

export const recordingRoutes = (context: Context): Route[] => [upload(context), listen(context), remove(context)];

const upload = (context: Context, storage = createStorage(context.config)) =>
  route({
    method: 'POST',
    path: '/api/v1/calls/:id/recording',
    summary: 'The recording of a call: multipart with a `file`, or its bytes as the body',
    tag,
    access: 'employee',
    params: idParams,
    body: z.instanceof(Readable, { error: 'Send the recording as multipart/form-data with a field "file"' }),
    consumes: ['multipart/form-data', 'application/octet-stream'],
    streams: true,
    answers: { 201: call },
    async handle({ caller, params, body, request, reply }) {
      reply.header('connection', 'close');
      const bytes = Number(request.headers['content-length'] ?? 0);
      if (bytes > MAX_FORM_BYTES) throw tooLarge(`A recording may have at most ${megabytes(MAX_RECORDING_BYTES)} MB`);
      const { workspaceId, employeeId } = caller;
      const now = context.clock.now();
      const keepDays = await inWorkspace(context.databases.app, workspaceId, async (tx) => {
        const found = await changeCall(tx, caller, params.id);
        await checkFileQuotas(tx, { employeeId, bytes, now });
        const line = await loadLine(tx, found.line_id);
        if (line?.recordings === 'refuse')
          throw conflict('no-recordings', `The line "${line.name}" keeps no recordings; its settings say so`);
        return line?.keepRecordingsDays ?? 0;
      });
      const contentType = request.headers['content-type'];
      const file = await filePartOf({ contentType, body, limitBytes: MAX_FORM_BYTES });
      await keepRecording(context, storage, {
        ...{ workspaceId, callId: params.id, authorId: employeeId, body: file },
        note: (tx, fileId) => insertRecording(tx, { callId: params.id, url: null, fileId, keepDays, now }),
      });
      reply.removeHeader('connection');
      const [shown] = await inWorkspace(context.databases.app, workspaceId, async (tx) =>
        presentCalls(tx, [await accessCall(tx, caller, params.id)], caller.rights),
      );
      return { status: 201, body: shown };
    },
  });

const listen = ({ databases, config }: Context, storage = createStorage(config)) =>
  route({
    method: 'GET',
    path: '/api/v1/calls/:id/recording',
    summary: 'The recording of a call; parts of it by Range, as players ask for them',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: z.unknown(), 206: z.unknown(), 416: z.unknown() },
    produces: 'application/octet-stream',
    async handle({ caller, params, request }) {
      const file = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        await accessCall(tx, caller, params.id);
        const found = (await listRecordings(tx, [params.id])).get(params.id);
        return found?.fileId == null ? undefined : findFile(tx, found.fileId);
      });
      if (file === undefined) throw notFound(`The recording of call ${params.id}`);
      const headers = { 'content-type': file.type, 'accept-ranges': 'bytes', 'cache-control': 'no-store' };
      const range = rangeOf(request.headers.range, file.size);
      if (range === 'none')
        return { status: 416, body: '', headers: { ...headers, 'content-range': `bytes */${file.size}` } };
      const body = await storage.open(file.key, range);
      if (body === undefined) throw notFound(`The recording of call ${params.id}`);
      if (range === undefined)
        return { status: 200, body, headers: { ...headers, 'content-length': String(file.size) } };
      const { start, end } = range;
      return {
        status: 206,
        body,
        headers: {
          ...headers,
          'content-range': `bytes ${start}-${end}/${file.size}`,
          'content-length': String(end - start + 1),
        },
      };
    },
  });

const remove = ({ clock }: Context) =>
  route({
    method: 'DELETE',
    path: '/api/v1/calls/:id/recording',
    summary: 'Delete the recordings of a call for good',
    tag,
    access: 'settings',
    params: idParams,
    answers: { 204: null },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        const found = await accessCall(tx, caller, params.id);
        const recordings = await listOfCall(tx, params.id);
        if (recordings.length === 0) throw notFound(`The recording of call ${params.id}`);
        for (const { id, file_id: fileId } of recordings) {
          if (fileId !== null) await deleteFile(tx, fileId, clock.now());
          await setRecording(tx, id, { state: 'deleted', file_id: null });
        }
        const name = `call-${params.id} ${found.number ?? ''}`.trim();
        await record(tx, { kind: 'file-deleted', on: { kind: 'file', id: params.id, name } });
        announceRecording(tx, params.id);
        return { status: 204 };
      }),
  });
