import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { lockWorkspace } from '../drain/signal-queue.store.ts';

const STAGES_LOCK = 744_626;

/**
 * Until the transaction ends no stage goes: taken before an item is put on one, and before any item is locked, since those who
 * edit stages lock items too. Those who move items do not wait for each other.
 */
export async function holdStages(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${STAGES_LOCK}::int, ${workspaceOf(tx)}::int)`.execute(tx);
}

/** Until the transaction ends nobody puts an item anywhere, so that none is left on a stage that goes. The drain has its own lock. */
export async function stopMoves(tx: Tx): Promise<void> {
  await lockWorkspace(tx);
  await sql`select pg_advisory_xact_lock(${STAGES_LOCK}::int, ${workspaceOf(tx)}::int)`.execute(tx);
}
