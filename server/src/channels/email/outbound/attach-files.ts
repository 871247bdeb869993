import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { MAX_ATTACHED_BYTES } from '@signalbox/contract/files.ts';
import type { Tx } from '../../../platform/db.ts';
import { useFiles } from '../../../platform/files/files.store.ts';
import { megabytes } from '../../../platform/files/receive-upload.ts';
import type { AttachedFile } from '../letters/attachments.store.ts';

type Attached =
  | { readonly files: readonly AttachedFile[] }
  | { readonly code: 'unknown-file' | 'too-large'; readonly reason: Reason };

/** Uploaded files as attachments, in the order given and each once; a problem when one is gone or they are too large together. */
export async function attachFiles(tx: Tx, ids: readonly number[]): Promise<Attached> {
  const wanted = [...new Set(ids)];
  const found = new Map((await useFiles(tx, wanted)).map((file) => [file.id, file]));
  const missing = wanted.find((id) => !found.has(id));
  if (missing !== undefined) return { code: 'unknown-file', reason: because('unknown-file', { file: missing }) };
  const files = wanted.flatMap((id) => found.get(id) ?? []);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MAX_ATTACHED_BYTES) {
    const sizes = { size: megabytes(bytes), limit: megabytes(MAX_ATTACHED_BYTES) };
    return { code: 'too-large', reason: because('files-too-large', sizes) };
  }
  return { files: files.map(({ id, name, type, size }) => ({ fileId: id, name, type, size })) };
}
