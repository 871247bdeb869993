import { sql } from 'kysely';
import { workspaceOf } from '../after-commit.ts';
import type { Tx } from '../db.ts';

export interface FileRow {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly key: string;
  readonly authorId: number | null;
  readonly createdAt: Date;
}

export type NewFile = Omit<FileRow, 'id'>;

/** Its key is trash no more. */
export async function insertFile(tx: Tx, file: NewFile): Promise<FileRow> {
  const workspace_id = workspaceOf(tx);
  await tx.deleteFrom('file_trash').where('workspace_id', '=', workspace_id).where('key', '=', file.key).execute();
  const { name, type, size, sha256, key } = file;
  const { id } = await tx
    .insertInto('files')
    .values({ workspace_id, name, type, size, sha256, key, author_id: file.authorId, created_at: file.createdAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, ...file };
}

interface Wanted {
  readonly ids?: readonly number[] | undefined;
  readonly below?: number | undefined;
  readonly authorId?: number | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listFiles(tx: Tx, { ids, below, authorId, limit }: Wanted): Promise<FileRow[]> {
  let query = tx.selectFrom('files').select(columns).where('workspace_id', '=', workspaceOf(tx));
  if (ids !== undefined) query = query.where('id', 'in', ids.length === 0 ? [0] : [...ids]);
  if (authorId !== undefined) query = query.where('author_id', '=', authorId);
  if (below !== undefined) query = query.where('id', '<', below);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export async function findFile(tx: Tx, id: number): Promise<FileRow | undefined> {
  return (await listFiles(tx, { ids: [id], limit: 1 }))[0];
}

/** Says that the files are used, so that nobody clears them away; answers those there are. */
export async function useFiles(tx: Tx, ids: readonly number[]): Promise<FileRow[]> {
  if (ids.length === 0) return [];
  await tx
    .updateTable('files')
    .set({ used_at: sql`now()` })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', [...ids])
    // The many mails of a rule that attaches one file must not wait for each other.
    .where('used_at', 'is', null)
    .execute();
  return listFiles(tx, { ids, limit: ids.length });
}

/** Its bytes follow when the trash is emptied. */
export async function deleteFile(tx: Tx, id: number, now: Date): Promise<boolean> {
  const row = await tx
    .deleteFrom('files')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .returning('key')
    .executeTakeFirst();
  if (row === undefined) return false;
  await insertTrash(tx, { key: row.key, after: now });
  return true;
}

export async function insertTrash(tx: Tx, { key, after }: { key: string; after: Date }): Promise<void> {
  await tx
    .insertInto('file_trash')
    .values({ workspace_id: workspaceOf(tx), key, after })
    .execute();
}

export interface Trash {
  readonly workspaceId: number;
  readonly key: string;
}

/** Of all workspaces: files that were uploaded before that and never used become trash. */
export async function discardUnused(tx: Tx, { before, now }: { before: Date; now: Date }): Promise<void> {
  await sql`
    with gone as (delete from files where used_at is null and created_at < ${before} returning workspace_id, key)
    insert into file_trash (workspace_id, key, after) select workspace_id, key, ${now} from gone`.execute(tx);
}

/** Of all workspaces. */
export async function listTrash(tx: Tx, { now, limit }: { now: Date; limit: number }): Promise<Trash[]> {
  return tx
    .selectFrom('file_trash')
    .select(['workspace_id as workspaceId', 'key'])
    .where('after', '<=', now)
    .orderBy('after')
    .limit(limit)
    .execute();
}

export async function deleteTrash(tx: Tx, { workspaceId, key }: Trash): Promise<void> {
  await tx.deleteFrom('file_trash').where('workspace_id', '=', workspaceId).where('key', '=', key).execute();
}

export async function putTrashOff(tx: Tx, { workspaceId, key }: Trash, after: Date): Promise<void> {
  await tx
    .updateTable('file_trash')
    .set({ after })
    .where('workspace_id', '=', workspaceId)
    .where('key', '=', key)
    .execute();
}

const columns = [
  ...(['id', 'name', 'type', 'size', 'sha256', 'key'] as const),
  ...(['author_id as authorId', 'created_at as createdAt'] as const),
] as const;
