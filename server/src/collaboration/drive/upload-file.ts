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
import { checkQuota } from '../../platform/quotas/check-quota.ts';

export interface Upload {
  readonly workspaceId: number;
  /** Null: nobody's; Signalbox fetched it. */
  readonly employeeId: number | null;
  readonly name: string;
  readonly type: string | undefined;
  readonly body: Readable;
  readonly limitBytes: number;
}

interface Uploading {
  readonly storage: Storage;
  readonly upload: Upload;
  /** Looks into what has come, before it is stored: what it is called, or an error. */
  readonly check?: (received: Received) => Promise<Pick<Upload, 'name' | 'type'>>;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Takes a file in and lets `keep` write its row in a transaction. Before the bytes are stored their key is trash of tomorrow,
 * so that nothing is left behind wherever this is cut short.
 */
export async function uploadFile<T>(
  context: Context,
  { storage, upload, check }: Uploading,
  keep: (insert: (tx: Tx) => Promise<FileRow>, received: Received) => Promise<T>,
): Promise<T> {
  const { body, limitBytes, workspaceId } = upload;
  const received = await receiveUpload({ body, limitBytes, folder: incomingFolder(context.config) });
  try {
    const described = { ...upload, ...(await check?.(received)) };
    const key = randomUUID();
    const after = new Date(context.clock.now().getTime() + DAY_MS);
    await inWorkspace(context.databases.app, workspaceId, (tx) => insertTrash(tx, { key, after }));
    await storage.put(key, received);
    const row = rowOf(described, { key, received, now: context.clock.now() });
    const insert = async (tx: Tx) => {
      await checkFileQuotas(tx, { employeeId: upload.employeeId, bytes: received.size, now: row.createdAt });
      return insertFile(tx, row);
    };
    return await keep(insert, received);
  } finally {
    await rm(received.path, { force: true });
  }
}

/** Before the bytes are taken in, and once more when the file is kept. */
export async function checkFileQuotas(
  tx: Tx,
  { employeeId, bytes, now }: { employeeId: number | null; bytes: number; now: Date },
): Promise<void> {
  await checkQuota(tx, { name: 'files', amount: 1, now });
  await checkQuota(tx, { name: 'file-bytes', amount: bytes, now });
  if (employeeId === null) return;
  await checkQuota(tx, { name: 'files-of-person', amount: 1, employeeId, now });
  await checkQuota(tx, { name: 'file-bytes-of-person', amount: bytes, employeeId, now });
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
