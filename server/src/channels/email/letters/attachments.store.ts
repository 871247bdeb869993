import { type InsertObject, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import { SLICE_BYTES } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import { readInTurns } from '../../../platform/long-bytes/read-in-turns.ts';
import { sendBytes } from '../../../platform/long-bytes/send-bytes.store.ts';
import type { DB } from '../../../platform/schema.ts';
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
  let rows: InsertObject<DB, 'email_attachments'>[] = [];
  let bytes = 0;
  const insert = async () => {
    if (rows.length > 0) await tx.insertInto('email_attachments').values(rows).execute();
    [rows, bytes] = [[], 0];
  };
  for (const one of attachments) {
    const row = { workspace_id: workspaceOf(tx), email_id: emailId, name: one.name, type: one.type };
    if ('fileId' in one) {
      rows.push({ ...row, file_id: one.fileId, content: null, content_id: null, size: one.size });
      continue;
    }
    const { content, contentId } = one;
    // Many that are short are as much as one that is long.
    if (bytes + content.length > SLICE_BYTES) await insert();
    bytes += content.length;
    const sent = await sendBytes(tx, content);
    rows.push({ ...row, file_id: null, content: sent, content_id: contentId, size: content.length });
  }
  await insert();
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
  const read: StoredAttachment[] = [];
  for (const one of await listStored(tx, emailId)) read.push(await withContent(tx, one));
  return read;
}

/** The one at this place, counted from 1. */
export async function readAttachment(
  tx: Tx,
  { emailId, number }: { emailId: number; number: number },
): Promise<StoredAttachment | undefined> {
  const one = (await listStored(tx, emailId))[number - 1];
  return one && withContent(tx, one);
}

function listStored(tx: Tx, emailId: number) {
  return tx
    .selectFrom('email_attachments as a')
    .leftJoin('files as f', (join) =>
      join.onRef('f.workspace_id', '=', 'a.workspace_id').onRef('f.id', '=', 'a.file_id'),
    )
    .select(['a.id', 'a.name', 'a.type', 'a.content_id as contentId', 'f.key'])
    .select(sql<number | null>`octet_length(a.content)`.as('kept'))
    .where('a.workspace_id', '=', workspaceOf(tx))
    .where('a.email_id', '=', emailId)
    .orderBy('a.id')
    .execute();
}

type Stored = Awaited<ReturnType<typeof listStored>>[number];

async function withContent(tx: Tx, { id, kept, ...one }: Stored): Promise<StoredAttachment> {
  if (kept === null) return { ...one, content: null };
  const content = await readInTurns(kept, async (from, length) => {
    const { slice } = await tx
      .selectFrom('email_attachments')
      .select(sql<Buffer>`substring(content from ${from + 1} for ${length})`.as('slice'))
      .where('workspace_id', '=', workspaceOf(tx))
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return slice;
  });
  return { ...one, content };
}
