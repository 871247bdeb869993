import { bindBoard } from '@signalbox/automation/engine/binding/bind.ts';
import type { Board } from '@signalbox/automation/engine/board.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { nameScopeOf } from '../../crm/facts/name-scope.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { getCommit, workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

export interface BoardVersion {
  readonly pipelineId: number;
  readonly version: number;
}

/** A saved version of a pipeline's automation (semantics.md 8.1). */
export interface SavedBoard extends BoardVersion {
  /** The automation file with stable ids. */
  readonly file: unknown;
  readonly authorId: number | null;
  readonly savedAt: Date;
}

export const boardKey = ({ pipelineId, version }: BoardVersion): string => `${pipelineId}:${version}`;

/** The boards of these versions, bound and ready to decide and to run; a version that is not there gives an empty one. */
export async function loadBoardVersions(
  tx: Tx,
  wanted: readonly BoardVersion[],
  known?: Reference,
): Promise<Map<string, Board>> {
  const reference = known ?? (await loadReference(tx));
  const cache = cacheOf(tx, reference);
  const missing = wanted.filter((one) => !cache.has(boardKey(one)));
  if (missing.length > 0) {
    const files = new Map((await listSavedBoards(tx, missing)).map((saved) => [boardKey(saved), saved.file]));
    for (const one of missing) cache.set(boardKey(one), bind(one, files.get(boardKey(one)), reference));
  }
  return new Map(
    wanted.flatMap((one) => {
      const board = cache.get(boardKey(one));
      return board === undefined ? [] : [[boardKey(one), board]];
    }),
  );
}

export async function listSavedBoards(tx: Tx, wanted: readonly BoardVersion[]): Promise<SavedBoard[]> {
  const rows = await tx
    .selectFrom('boards')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where((is) =>
      is.or(wanted.map((one) => is.and([is('pipeline_id', '=', one.pipelineId), is('version', '=', one.version)]))),
    )
    .execute();
  return rows.map((row) => ({
    pipelineId: row.pipeline_id,
    version: row.version,
    file: row.file,
    authorId: row.author_id,
    savedAt: row.saved_at,
  }));
}

export async function insertBoard(tx: Tx, { pipelineId, version, file, authorId, savedAt }: SavedBoard): Promise<void> {
  const workspace_id = workspaceOf(tx);
  await tx
    .insertInto('boards')
    .values({
      workspace_id,
      pipeline_id: pipelineId,
      version,
      file: JSON.stringify(file),
      author_id: authorId,
      saved_at: savedAt,
    })
    .execute();
  await tx
    .updateTable('pipelines')
    .set({ board_version: version })
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', pipelineId)
    .execute();
}

/** Newest first, without their files. */
export async function listVersions(tx: Tx, pipelineId: number): Promise<Omit<SavedBoard, 'file'>[]> {
  const rows = await tx
    .selectFrom('boards')
    .select(['pipeline_id', 'version', 'author_id', 'saved_at'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where('pipeline_id', '=', pipelineId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    pipelineId: row.pipeline_id,
    version: row.version,
    authorId: row.author_id,
    savedAt: row.saved_at,
  }));
}

/** Locks the pipeline against other saves; undefined when there is none. */
export async function lockPipeline(tx: Tx, id: number): Promise<{ version: number } | undefined> {
  return tx
    .selectFrom('pipelines')
    .select('board_version as version')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

function bind({ pipelineId, version }: BoardVersion, file: unknown, reference: Reference): Board {
  const pipeline = reference.pipelines.get(pipelineId);
  const type = pipeline?.type ?? '';
  const language = parseLanguage(reference.workspace.language);
  const saved = file ?? { type, pipeline: pipeline?.name ?? '' };
  return bindBoard({
    version,
    pipelineId,
    language,
    file: saved,
    stages: pipeline?.stages ?? [],
    ...nameScopeOf(reference, type),
    lenient: true,
  }).board;
}

// Versions never change, but what their names mean may: stages, fields.
interface Cached {
  readonly print: string;
  readonly boards: Map<string, Board>;
}
const memory = new WeakMap<object, Map<number, Cached>>();
const MOST_BOARDS = 500;

function cacheOf(tx: Tx, reference: Reference): Map<string, Board> {
  const { database } = getCommit(tx);
  const caches = memory.get(database) ?? new Map<number, Cached>();
  memory.set(database, caches);
  const workspaceId = workspaceOf(tx);
  const print = fingerprint(reference);
  const known = caches.get(workspaceId);
  if (known !== undefined && known.print === print && known.boards.size < MOST_BOARDS) return known.boards;
  const boards = new Map<string, Board>();
  caches.set(workspaceId, { print, boards });
  return boards;
}

const prints = new WeakMap<Reference, string>();

function fingerprint(reference: Reference): string {
  const known = prints.get(reference) ?? makeFingerprint(reference);
  prints.set(reference, known);
  return known;
}

function makeFingerprint(reference: Reference): string {
  const types = [...reference.itemTypes, 'contact', 'company'];
  return JSON.stringify([
    reference.workspace.language,
    [...reference.stages.values()],
    types.map((type) => reference.fieldsOf(type)),
  ]);
}
