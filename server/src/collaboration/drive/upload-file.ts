import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { incomingFolder } from '../../platform/files/create-storage.ts';
import { cleanFileName, cleanFileType } from '../../platform/files/file-names.ts';
import { type FileRow, insertFile, insertTrash } from '../../platform/files/files.store.ts';
import { receiveUpload } from '../../platform/files/receive-upload.ts';
import type { Received, Storage } from '../../platform/files/storage.ts';

export interface Upload {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly name: string;
  readonly type: string | undefined;
  readonly body: Readable;
  readonly limitBytes: number;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Takes a file in and lets `keep` write its row in a transaction. Before the bytes are stored their key is trash of tomorrow,
 * so that nothing is left behind wherever this is cut short.
 */
export async function uploadFile<T>(
  context: Context,
  { storage, upload }: { storage: Storage; upload: Upload },
  keep: (insert: (tx: Tx) => Promise<FileRow>, received: Received) => Promise<T>,
): Promise<T> {
  const { body, limitBytes, workspaceId } = upload;
  const received = await receiveUpload({ body, limitBytes, folder: incomingFolder(context.config) });
  try {
    const key = randomUUID();
    const after = new Date(context.clock.now().getTime() + DAY_MS);
    await inWorkspace(context.databases.app, workspaceId, (tx) => insertTrash(tx, { key, after }));
    await storage.put(key, received);
    return await keep((tx) => insertFile(tx, rowOf(upload, { key, received, now: context.clock.now() })), received);
  } finally {
    await rm(received.path, { force: true });
  }
}

function rowOf(
  { name, type, employeeId }: Upload,
  { key, received, now }: { key: string; received: Received; now: Date },
): Omit<FileRow, 'id'> {
  return {
    ...{ name: cleanFileName(name), type: cleanFileType(type), key, authorId: employeeId, createdAt: now },
    ...{ size: received.size, sha256: received.sha256 },
  };
}
