import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { normalText } from '@signalbox/automation/kit/values/normal-form.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { Address } from './addresses.ts';

export type ClientKind = 'contact' | 'company';

export interface ClientRow {
  readonly id: number;
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly companyId: number | null;
  readonly responsibleId: number | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly emails: string[];
  readonly phones: string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface Search {
  readonly ids?: readonly number[];
  readonly q?: string | undefined;
  /** Newest first, below this id. */
  readonly below?: number | undefined;
  /** Oldest first, above this id. */
  readonly above?: number | undefined;
  readonly limit: number;
  /** Which clients are within somebody's rights (access/reachable-clients.store.ts). */
  readonly reach?: RawBuilder<unknown> | undefined;
}

/** Newest first; `q` is found in names, e-mail addresses and phone numbers. */
export async function listClients(
  tx: Tx,
  kind: ClientKind,
  { ids, q, below, above, limit, reach }: Search,
): Promise<ClientRow[]> {
  const { rows } = await sql<Omit<ClientRow, 'fields'> & { fields: unknown }>`
    select c.id, c.name, ${own(kind)}, c.responsible_id as "responsibleId", c.fields,
      ${valuesOf(kind, 'email')} as emails, ${valuesOf(kind, 'phone')} as phones, c.created_at as "createdAt", c.updated_at as "updatedAt"
    from ${tableOf(kind)} c
    where c.workspace_id = ${workspaceOf(tx)}
      and (${ids === undefined} or c.id = any(${`{${(ids ?? []).join(',')}}`}::bigint[]))
      and c.id < ${below ?? Number.MAX_SAFE_INTEGER} and c.id > ${above ?? 0}
      and ${q === undefined || q.trim() === '' ? sql`true` : found(kind, q.trim())} and ${reach ?? sql`true`}
    order by c.id ${above === undefined ? sql`desc` : sql`asc`} limit ${limit}`.execute(tx);
  return rows.map((row) => ({ ...row, fields: isRecord(row.fields) ? row.fields : {} }));
}

export async function findClient(tx: Tx, kind: ClientKind, id: number): Promise<ClientRow | undefined> {
  const [row] = await listClients(tx, kind, { ids: [id], limit: 1 });
  return row;
}

/** Until the transaction ends nobody else changes it so. */
export async function lockClient(tx: Tx, { kind, id }: { kind: ClientKind; id: number }): Promise<void> {
  await sql`select from ${tableOf(kind)} where workspace_id = ${workspaceOf(tx)} and id = ${id} for no key update`.execute(
    tx,
  );
}

export interface ClientColumns {
  readonly name?: string | undefined;
  readonly first_name?: string | null | undefined;
  readonly last_name?: string | null | undefined;
  readonly company_id?: number | null | undefined;
  readonly responsible_id?: number | null | undefined;
  readonly fields?: string | undefined;
}

export async function insertClient(
  tx: Tx,
  kind: ClientKind,
  columns: ClientColumns & { readonly name: string; readonly now: Date },
): Promise<number> {
  const { first_name, last_name, company_id, now, ...shared } = columns;
  const row = { ...shared, workspace_id: workspaceOf(tx), created_at: now, updated_at: now };
  const inserted =
    kind === 'contact'
      ? tx
          .insertInto('contacts')
          .values({ ...row, first_name, last_name, company_id })
          .returning('id')
      : tx.insertInto('companies').values(row).returning('id');
  return (await inserted.executeTakeFirstOrThrow()).id;
}

export async function updateClient(
  tx: Tx,
  { kind, id }: { kind: ClientKind; id: number },
  columns: ClientColumns & { readonly now: Date },
): Promise<void> {
  const { first_name, last_name, company_id, now, ...shared } = columns;
  const row = { ...shared, updated_at: now };
  const workspaceId = workspaceOf(tx);
  if (kind === 'company') {
    await tx.updateTable('companies').set(row).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
    return;
  }
  const contact = { ...row, first_name, last_name, company_id };
  await tx.updateTable('contacts').set(contact).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Replaces the addresses of one kind, in this order. */
export async function replaceAddresses(
  tx: Tx,
  client: { kind: ClientKind; id: number },
  { kind, addresses }: { kind: Address['kind']; addresses: readonly Address[] },
): Promise<void> {
  await tx
    .deleteFrom('client_addresses')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('client_kind', '=', client.kind)
    .where('client_id', '=', client.id)
    .where('kind', '=', kind)
    .execute();
  if (addresses.length === 0) return;
  const rows = addresses.map((address, position) => ({
    ...{ workspace_id: workspaceOf(tx), client_kind: client.kind, client_id: client.id },
    ...address,
    position,
  }));
  await tx.insertInto('client_addresses').values(rows).execute();
}

function tableOf(kind: ClientKind): RawBuilder<unknown> {
  return kind === 'contact' ? sql`contacts` : sql`companies`;
}

function own(kind: ClientKind): RawBuilder<unknown> {
  return kind === 'contact'
    ? sql`c.first_name as "firstName", c.last_name as "lastName", c.company_id as "companyId"`
    : sql`null as "firstName", null as "lastName", null::bigint as "companyId"`;
}

function valuesOf(kind: ClientKind, address: Address['kind']): RawBuilder<unknown> {
  return sql`array(select a.value from client_addresses a where a.workspace_id = c.workspace_id and a.client_kind = ${sql.lit(kind)}
    and a.client_id = c.id and a.kind = ${sql.lit(address)} order by a.position, a.id)`;
}

function found(kind: ClientKind, q: string): RawBuilder<unknown> {
  const digits = q.replace(/[^\d]/g, '');
  return sql`(${holdsText(sql`c.name`, likeText(normalText(q)))} or exists (
    select from client_addresses a where a.workspace_id = c.workspace_id and a.client_kind = ${sql.lit(kind)} and a.client_id = c.id
      and (a.normal ilike ${likeText(normalEmail(q))} or ${digits.length >= 4 ? sql`a.normal like ${likeText(digits)}` : sql`false`})))`;
}

/** Whether a text fits `like`, both in the form in which texts are compared; most texts are in it but for their case. */
export function holdsText(text: RawBuilder<unknown>, like: string): RawBuilder<unknown> {
  return sql`(case when octet_length(${text}) = char_length(${text}) and strpos(${text}, '  ') = 0 and strpos(${text}, e'\t') = 0 and strpos(${text}, e'\n') = 0
    then ${text} ilike ${like} else signalbox_normal(${text}) like signalbox_normal(${like}::text) end)`;
}

/** What contains the text, for `like`: its own % and _ mean themselves. */
export function likeText(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
