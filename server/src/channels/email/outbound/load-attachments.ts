import type { Storage } from '../../../platform/files/storage.ts';
import { joinStream } from '../../../platform/long-bytes/join-in-turns.ts';
import type { StoredAttachment } from '../letters/attachments.store.ts';
import type { ParsedAttachment } from '../reading/parsed-email.ts';

/** A promised file that is not there: the mail must not go without it. */
export class FileGone extends Error {
  override readonly name = 'FileGone';
  readonly file: string;

  constructor(file: string) {
    super(`the attached file "${file}" has been deleted`);
    this.file = file;
  }
}

/** With their bytes. Throws FileGone. */
export async function loadAttachments(
  storage: Storage,
  attachments: readonly StoredAttachment[],
): Promise<ParsedAttachment[]> {
  const loaded: ParsedAttachment[] = [];
  for (const { name, type, contentId, content, key } of attachments)
    loaded.push({ name, type, contentId, content: content ?? (await readFile(storage, { name, key })) });
  return loaded;
}

async function readFile(storage: Storage, { name, key }: { name: string; key: string | null }): Promise<Buffer> {
  const stream = key === null ? undefined : await storage.open(key);
  if (stream === undefined) throw new FileGone(name);
  return joinStream(stream);
}
