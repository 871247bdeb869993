import { createHash } from 'node:crypto';
import type { Hearers, OwnWords } from '@signalbox/automation/engine/hearers.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import { afterCommit, workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { send } from '../../platform/workspace-dialect.ts';

/** By what is in it: the same list is kept once, whatever the number of decisions that were made by it. Null: nobody heard. */
export function hearerListId(hearers: Hearers): string | null {
  return hearers.all.length === 0 ? null : listOf(hearers).id;
}

interface List {
  /** Half of a hash of the text, as PostgreSQL reads a uuid. */
  readonly id: string;
  readonly text: string;
}

function listOf(hearers: Hearers): List {
  const known = lists.get(hearers) ?? makeList(hearers);
  lists.set(hearers, known);
  return known;
}

const lists = new WeakMap<Hearers, List>();

function makeList({ all }: Hearers): List {
  const text = JSON.stringify(all.map(({ own }) => own));
  return { id: createHash('sha256').update(text).digest('hex').slice(0, 32), text };
}

/** Those that a committed transaction of this process has kept; of a board, which is of one workspace. */
const kept = new WeakSet<Hearers>();

/** Keeps the lists that decisions of this transaction name. */
export async function keepHearerLists(tx: Tx, all: Iterable<Hearers>): Promise<void> {
  const missing = [...new Set(all)].filter((one) => one.all.length > 0 && !kept.has(one));
  if (missing.length === 0) return;
  const rows = missing.map(listOf);
  await send(
    tx,
    sql`
    insert into hearer_lists (workspace_id, id, triggers)
    select ${workspaceOf(tx)}, id, triggers::json
    from unnest(${arrays.texts(rows.map(({ id }) => id))}::uuid[], ${arrays.texts(rows.map(({ text }) => text))}::text[]) as l (id, triggers)
    on conflict do nothing`,
  );
  afterCommit(tx, () => {
    for (const one of missing) kept.add(one);
  });
}

const trigger = z.object({
  trigger: z.string(),
  wanted: z.record(z.string(), z.unknown()),
  parts: z.array(z.unknown()),
});

/** By id. */
export async function loadHearerLists(
  tx: Tx,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, readonly OwnWords[]>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ id: string; triggers: unknown }>`
    select id, triggers from hearer_lists
    where workspace_id = ${workspaceOf(tx)} and id = any(${arrays.texts(wanted)}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, triggers }) => [id, z.array(trigger).parse(triggers)]));
}
