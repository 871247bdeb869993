import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { uploadFile } from '../../../collaboration/drive/upload-file.ts';
import type { Context } from '../../../platform/context.ts';
import { inWorkspace, type Tx } from '../../../platform/db.ts';
import { invalid } from '../../../platform/errors.ts';
import { useFiles } from '../../../platform/files/files.store.ts';
import type { Storage } from '../../../platform/files/storage.ts';
import { announceRecording } from '../telling/announce-call.ts';
import { audioTypeOf } from './audio-type.ts';

export const MAX_RECORDING_BYTES = 200 * 1_048_576;

interface Keeping {
  readonly workspaceId: number;
  readonly callId: number;
  readonly authorId: number | null;
  readonly body: Readable;
  readonly limitBytes?: number;
  /** Writes what the recording is known by, in the transaction of its file. */
  note(tx: Tx, fileId: number): Promise<void>;
}

/** Takes a recording in as a file: 413 when it is too large, 422 when it is no recording. */
export async function keepRecording(context: Context, storage: Storage, keeping: Keeping): Promise<void> {
  const { workspaceId, callId, authorId, body, note, limitBytes = MAX_RECORDING_BYTES } = keeping;
  const upload = {
    workspaceId,
    employeeId: authorId,
    name: `call-${callId}`,
    type: undefined,
    body,
    limitBytes,
  };
  await uploadFile(context, { storage, upload, check: async ({ path }) => describe(path, callId) }, (insert) =>
    inWorkspace(context.databases.app, workspaceId, async (tx) => {
      const { id } = await insert(tx);
      await useFiles(tx, [id]);
      await note(tx, id);
      announceRecording(tx, callId);
    }),
  );
}

async function describe(path: string, callId: number): Promise<{ name: string; type: string }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
    const found = audioTypeOf(buffer.subarray(0, bytesRead));
    if (found === undefined) throw noRecording();
    return { name: `call-${callId}.${found.ending}`, type: found.type };
  } finally {
    await file.close();
  }
}

function noRecording() {
  const message = 'This is no recording: send WAV, MP3, Ogg, FLAC, M4A, WebM or AMR';
  return invalid([{ path: 'file', code: 'no-recording', message }]);
}
