import type { Kysely } from 'kysely';
import type { DB } from './schema.ts';

/** What a transaction leaves to be done once it is committed. `workspaceId` is null in transactions of the system role. */
export interface Commit {
  readonly database: Kysely<DB>;
  readonly workspaceId: number | null;
  readonly work: (() => void)[];
}

const commits = new WeakMap<object, Commit>();

/** Called by inWorkspace and inSystem (db.ts) at the start of each attempt; a rolled back attempt's work is simply forgotten. */
export function openCommit(tx: object, database: Kysely<DB>, workspaceId: number | null): Commit {
  const commit: Commit = { database, workspaceId, work: [] };
  commits.set(tx, commit);
  return commit;
}

/** Called by inWorkspace and inSystem once the commit is certain. Work is quick, does not throw, and touches no transaction. */
export function finishCommit(commit: Commit): void {
  for (const work of commit.work) work();
}

/** Runs `work` when `tx` has been committed, never when it is rolled back or tried again. */
export function afterCommit(tx: object, work: () => void): void {
  getCommit(tx).work.push(work);
}

export function getCommit(tx: object): Commit {
  const commit = commits.get(tx);
  if (commit === undefined)
    throw new Error('not inside inWorkspace or inSystem: nobody would run what comes after the commit');
  return commit;
}

/** The workspace that `tx` sees. */
export function workspaceOf(tx: object): number {
  const { workspaceId } = getCommit(tx);
  if (workspaceId === null) throw new Error('a transaction of the system role has no workspace');
  return workspaceId;
}
