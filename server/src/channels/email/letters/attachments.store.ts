import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { ParsedAttachment } from '../reading/parsed-email.ts';

/** An uploaded file that goes with a mail; its bytes are read when it is sent. */
export interface AttachedFile {
  readonly fileId: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

export type NewAttachment = ParsedAttachment | AttachedFile;

export async function insertAttachments(tx: Tx, emailId: number, attachments: readonly NewAttachment[]): Promise<void> {
  if (attachments.length === 0) return;
  const rows = attachments.map((one) => ({
    ...{ workspace_id: workspaceOf(tx), email_id: emailId, name: one.name, type: one.type },
    ...('fileId' in one
      ? { file_id: one.fileId, content: null, content_id: null, size: one.size }
      : { file_id: null, content: one.content, content_id: one.contentId, size: one.content.length }),
  }));
  await tx.insertInto('email_attachments').values(rows).execute();
}

export interface AttachmentInfo {
  readonly id: number;
  readonly emailId: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly contentId: string | null;
}

export async function listAttachments(tx: Tx, emailIds: readonly number[]): Promise<AttachmentInfo[]> {
  if (emailIds.length === 0) return [];
  return tx
    .selectFrom('email_attachments')
    .select(['id', 'email_id as emailId', 'name', 'type', 'size', 'content_id as contentId'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('email_id', 'in', [...emailIds])
    .orderBy('id')
    .execute();
}

export interface StoredAttachment {
  readonly name: string;
  readonly type: string;
  readonly contentId: string | null;
  /** Of mail that came in. */
  readonly content: Buffer | null;
  /** Of files that we send: where the storage has the bytes; null when the file has been deleted. */
  readonly key: string | null;
}

export async function readAttachments(tx: Tx, emailId: number): Promise<StoredAttachment[]> {
  return tx
    .selectFrom('email_attachments as a')
    .leftJoin('files as f', (join) =>
      join.onRef('f.workspace_id', '=', 'a.workspace_id').onRef('f.id', '=', 'a.file_id'),
    )
    .select(['a.name', 'a.type', 'a.content_id as contentId', 'a.content', 'f.key'])
    .where('a.workspace_id', '=', workspaceOf(tx))
    .where('a.email_id', '=', emailId)
    .orderBy('a.id')
    .execute();
}
