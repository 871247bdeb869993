import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

/** How an index finds items: by terms or a piece of text, by `item_keys k`, or by `items i`; groups of these. */
export type Few =
  | { readonly all: readonly Few[] }
  | { readonly any: readonly Few[] }
  | { readonly terms: readonly string[] }
  | { readonly like: string }
  | { readonly keys: RawBuilder<unknown> }
  | { readonly items: RawBuilder<unknown> };

/** As long as so few items are possible they are looked at one by one; more are met soon enough on the way down the list. */
const FEW = 2_000;
/** Trigrams say nothing of shorter pieces. */
export const SHORTEST = 3;
/** Each probe is a statement. */
const MOST_PROBES = 12;

/** The ids of all items that can be meant, if they are few. */
export async function findFew(tx: Tx, few: Few): Promise<readonly number[] | undefined> {
  return countProbes(few) > MOST_PROBES ? undefined : probe(tx, few);
}

async function probe(tx: Tx, few: Few): Promise<readonly number[] | undefined> {
  if ('all' in few) return firstOf(tx, few.all);
  if ('any' in few) return unionOf(tx, few.any);
  if ('terms' in few) return findIds(tx, sql`select signalbox_find('terms', ${[...few.terms]}, ${FEW + 1}) as id`);
  if ('like' in few) return findIds(tx, sql`select signalbox_find('words', ${[few.like]}, ${FEW + 1}) as id`);
  const here = workspaceOf(tx);
  return 'keys' in few
    ? findIds(
        tx,
        sql`select k.item_id as id from item_keys k where k.workspace_id = ${here} and ${few.keys} limit ${FEW + 1}`,
      )
    : findIds(tx, sql`select i.id from items i where i.workspace_id = ${here} and ${few.items} limit ${FEW + 1}`);
}

async function firstOf(tx: Tx, parts: readonly Few[]): Promise<readonly number[] | undefined> {
  for (const part of parts) {
    const ids = await probe(tx, part);
    if (ids !== undefined) return ids;
  }
  return undefined;
}

async function unionOf(tx: Tx, parts: readonly Few[]): Promise<readonly number[] | undefined> {
  const found = new Set<number>();
  for (const part of parts) {
    const ids = await probe(tx, part);
    if (ids === undefined) return undefined;
    for (const id of ids) found.add(id);
  }
  return [...found];
}

function countProbes(few: Few): number {
  const parts = 'all' in few ? few.all : 'any' in few ? few.any : undefined;
  return parts === undefined ? 1 : parts.reduce((count, part) => count + countProbes(part), 0);
}

/** Contacts or companies whose name, e-mail address or phone number contains one of the texts, if they are few. */
export function findFewClients(
  tx: Tx,
  kind: 'contact' | 'company',
  likes: readonly string[],
): Promise<readonly number[] | undefined> {
  return findIds(tx, sql`select signalbox_find(${kind}, ${[...likes]}, ${FEW + 1}) as id`);
}

async function findIds(tx: Tx, query: RawBuilder<unknown>): Promise<readonly number[] | undefined> {
  const { rows } = await sql<{ id: number }>`${query}`.execute(tx);
  return rows.length > FEW ? undefined : rows.map(({ id }) => id);
}

/** Which of these letters the database does not fold as we do: in every other way of writing them. */
export async function findOddLetters(
  tx: Tx,
  letters: readonly { readonly folded: string; readonly written: string }[],
): Promise<string[]> {
  if (letters.length === 0) return [];
  const { rows } = await sql<{ folded: string }>`
    select distinct u.folded from unnest(${letters.map(({ folded }) => folded)}::text[], ${letters.map(({ written }) => written)}::text[]) u (folded, written)
    where signalbox_normal(u.written) <> u.folded`.execute(tx);
  return rows.map(({ folded }) => folded);
}

/**
 * The condition, of which the planner knows no more than that it may hold. It takes what it cannot estimate for rare and reads
 * everything; what is not few (`findFew`) is met soon on the way down the list.
 */
export function oftenTrue(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${condition} then true else false end`;
}
