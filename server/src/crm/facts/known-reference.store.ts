import { sql } from 'kysely';
import { getCommit, workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { loadReference, type Reference } from './workspace-facts.ts';

/** For a statement in a workspace: which transaction changed last what `loadReference` reads; null: none ever. */
export const selectReferenceState = sql<string | null>`(
  select changed_in::text from reference_states where workspace_id = current_setting('signalbox.workspace')::bigint)`;

/**
 * `loadReference` from memory while nothing of it has changed, in whatever process. `state` was read by `selectReferenceState`
 * in this transaction, which itself has changed nothing of it. For the engine; who edits asks `loadReference`.
 */
export async function recallReference(tx: Tx, state: string | null): Promise<Reference> {
  const known = memoryOf(tx);
  const workspaceId = workspaceOf(tx);
  const remembered = known.get(workspaceId);
  if (remembered !== undefined && remembered.state === state) return remembered.reference;

  // Read after the state: at worst it is newer, and is read once more the next time.
  const reference = await loadReference(tx);
  if (known.size >= MOST_WORKSPACES) known.clear();
  known.set(workspaceId, { state, reference });
  return reference;
}

/** The same, with a statement of its own for the state. */
export async function recallReferenceNow(tx: Tx): Promise<Reference> {
  const { rows } = await sql<{ state: string | null }>`select ${selectReferenceState} as state`.execute(tx);
  return recallReference(tx, rows[0]?.state ?? null);
}

const MOST_WORKSPACES = 500;

interface Remembered {
  readonly state: string | null;
  readonly reference: Reference;
}

const memory = new WeakMap<object, Map<number, Remembered>>();

function memoryOf(tx: Tx): Map<number, Remembered> {
  const { database } = getCommit(tx);
  const known = memory.get(database) ?? new Map<number, Remembered>();
  memory.set(database, known);
  return known;
}
