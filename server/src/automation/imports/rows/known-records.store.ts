import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import type { ClientKind } from './create-clients.store.ts';

/** The oldest of each name, as `foldedText` has it. */
export async function findByNames(tx: Tx, kind: ClientKind, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  const wanted = [...new Set(names.map(foldedText))];
  const { rows } = await sql<{ name: string; id: number }>`
    select distinct on (signalbox_normal(name)) signalbox_normal(name) as name, id from ${kind === 'contact' ? sql`contacts` : sql`companies`}
    where workspace_id = ${workspaceOf(tx)} and signalbox_normal(name) = any(${wanted}::text[]) order by signalbox_normal(name), id`.execute(
    tx,
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

export interface Titled {
  readonly title: string;
  readonly contactId: number | null;
  readonly companyId: number | null;
}

/** Items of a type by title, whatever its case, and client: the newest first. */
export async function listByTitle(
  tx: Tx,
  { type, titled }: { type: string; titled: readonly Titled[] },
): Promise<(Titled & { id: number })[]> {
  if (titled.length === 0) return [];
  const idsOf = (ids: readonly (number | null)[]) => `{${ids.filter((id) => id !== null).join(',')}}`;
  const { rows } = await sql<Titled & { id: number }>`
    select id, title, contact_id as "contactId", company_id as "companyId" from items
    where workspace_id = ${workspaceOf(tx)} and type = ${type} and signalbox_normal(title) = any(${titled.map(({ title }) => foldedText(title))}::text[])
      and (contact_id = any(${idsOf(titled.map((one) => one.contactId))}::bigint[]) or company_id = any(${idsOf(titled.map((one) => one.companyId))}::bigint[]))
    order by id desc`.execute(tx);
  return rows;
}

export interface SaidRecord {
  readonly id: number | null;
  /** RFC 3339; null: the file does not say. */
  readonly createdAt: string | null;
}

/**
 * The records that rows say they are, row by row: by id, and made in the second that the row says if it says one, since a file
 * of another installation has the ids of other records.
 */
export async function findSameIds(tx: Tx, kind: string, said: readonly SaidRecord[]): Promise<(number | undefined)[]> {
  const ids = said.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return [];
  const isClient = kind === 'contact' || kind === 'company';
  const table = kind === 'contact' ? sql`contacts` : kind === 'company' ? sql`companies` : sql`items`;
  const { rows } = await sql<{ id: number; at: Date }>`
    select id, created_at as at from ${table} where workspace_id = ${workspaceOf(tx)} and id = any(${`{${ids.join(',')}}`}::bigint[])
      and ${isClient ? sql`true` : sql`type = ${kind}`}`.execute(tx);
  const made = new Map(rows.map(({ id, at }) => [id, at]));
  return said.map(({ id, createdAt }) => {
    const at = made.get(id ?? 0);
    if (id === null || at === undefined) return undefined;
    return createdAt === null || secondOf(new Date(createdAt)) === secondOf(at) ? id : undefined;
  });
}

const secondOf = (at: Date) => Math.floor(at.getTime() / 1000);

/** The comments on items. */
export async function listComments(tx: Tx, itemIds: readonly number[]): Promise<{ itemId: number; text: string }[]> {
  if (itemIds.length === 0) return [];
  const { rows } = await sql<{ itemId: number; text: string }>`
    select item_id as "itemId", text from timeline
    where workspace_id = ${workspaceOf(tx)} and item_id = any(${`{${itemIds.join(',')}}`}::bigint[]) and kind = 'comment'`.execute(
    tx,
  );
  return rows;
}
