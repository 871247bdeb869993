import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import type { PersonRef } from '@signalbox/contract/common.ts';
import { checkNewClient } from '../../access/access-client.ts';
import { checkMayFill } from '../../access/held-fields.ts';
import { listReadableClients } from '../../access/reachable-clients.store.ts';
import { getPersonIdAgain } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { readAddresses } from '../client-book/addresses.ts';
import { announceClient } from '../client-book/announce-client.ts';
import { queueNoticeOfClient } from '../client-book/awaited-client.store.ts';
import { keepClientBefore } from '../client-book/client-history.store.ts';
import {
  type ClientColumns,
  type ClientKind,
  type ClientRow,
  findClient,
  insertClient,
  replaceAddresses,
  updateClient,
} from '../client-book/clients.store.ts';
import { loadCountry } from '../client-book/country.ts';
import { packValues } from '../facts/room-for-values.ts';
import { loadReference } from '../facts/workspace-facts.ts';
import { readGivenValues } from '../fields/read-given-values.ts';

/** A contact or company as a body gives it; what is left out stays. */
export interface ClientBody {
  readonly name?: string | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly emails?: readonly string[] | undefined;
  readonly phones?: readonly string[] | undefined;
  readonly company?: number | null | undefined;
  readonly responsible?: PersonRef | null | undefined;
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
}

interface Saving {
  readonly kind: ClientKind;
  readonly body: ClientBody;
  readonly now: Date;
  /** When it was to change, if that is late (semantics.md 5.1). */
  readonly asOf?: Date;
  /** Whose change it is; absent: an import's, or the workspace's own. */
  readonly rights?: Rights | undefined;
}

interface AddedBy {
  /** Null: nobody is responsible. */
  readonly id: number | null;
  /** Absent: the workspace itself adds it. */
  readonly rights?: Rights | undefined;
}

/** The id of the new contact or company; the responsible is the caller unless one is given. */
export async function addClient(tx: Tx, by: AddedBy, { kind, body, now }: Saving): Promise<number> {
  checkFields(by.rights, kind, body);
  const name = nameOf(body);
  if (name === undefined) throw invalidAt('name', 'required', 'Give name, or firstName and lastName');
  const columns = await toColumns(tx, { kind, body, before: undefined, rights: by.rights });
  const row = { responsible_id: by.id, ...columns, name, now };
  checkNewClient(by.rights, row.responsible_id ?? null);
  const id = await insertClient(tx, kind, row);
  await saveAddresses(tx, { kind, id, before: undefined }, body);
  announceClient(tx, { kind, id }, 'created');
  return id;
}

/** 404 if there is none; the given addresses replace those of their kind. */
export async function changeClient(tx: Tx, id: number, { kind, body, now, asOf = now, rights }: Saving): Promise<void> {
  checkFields(rights, kind, body);
  const client = await findClient(tx, kind, id);
  if (client === undefined) throw notFound(`${kind === 'contact' ? 'Contact' : 'Company'} ${id}`);
  const columns = await toColumns(tx, { kind, body, before: client, rights });
  const isRenamed = body.firstName !== undefined || body.lastName !== undefined;
  const renamed = isRenamed
    ? nameOf({ firstName: client.firstName, lastName: client.lastName, ...body, name: body.name })
    : body.name;
  await keepClientBefore(tx, { kind, id }, now);
  await updateClient(tx, { kind, id }, { ...columns, name: renamed, now });
  await saveAddresses(tx, { kind, id, before: client }, body);
  await queueNoticeOfClient(tx, { kind, id, at: asOf });
  announceClient(tx, { kind, id }, 'changed');
}

function checkFields(rights: Rights | undefined, kind: ClientKind, { fields = {} }: ClientBody): void {
  const given = Object.keys(fields).map((code) => ({ code, path: `fields.${code}` }));
  checkMayFill(rights, kind, given);
}

function nameOf({ name, firstName, lastName }: ClientBody): string | undefined {
  if (name !== undefined) return name;
  const joined = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  return joined === '' ? undefined : joined;
}

interface Columns {
  readonly kind: ClientKind;
  readonly body: ClientBody;
  /** The client as it stands: what it has may be sent back. */
  readonly before: ClientRow | undefined;
  readonly rights: Rights | undefined;
}

async function toColumns(tx: Tx, { kind, body, before, rights }: Columns): Promise<ClientColumns> {
  const { firstName: first_name, lastName: last_name, responsible, company } = body;
  const earlier = before?.fields ?? {};
  if (company != null && company !== before?.companyId && !(await hasCompany(tx, company, rights)))
    throw invalidAt('company', 'unknown-company', `There is no company ${company}; GET /api/v1/companies lists them`);
  return {
    ...(kind === 'contact' && { first_name, last_name, company_id: company }),
    ...(responsible !== undefined && {
      responsible_id: responsible === null ? null : await personId(tx, responsible, before),
    }),
    ...(body.fields !== undefined && {
      fields: packValues(
        without({ ...earlier, ...(await clientValues(tx, { kind, earlier, rights }, body.fields)) }),
        earlier,
      ),
    }),
  };
}

function personId(tx: Tx, ref: PersonRef, before: ClientRow | undefined): Promise<number> {
  const stood = [before?.responsibleId ?? null];
  return getPersonIdAgain(tx, workspaceOf(tx), { ref, path: 'responsible', stood });
}

async function hasCompany(tx: Tx, id: number, rights: Rights | undefined): Promise<boolean> {
  if (rights === undefined) return (await findClient(tx, 'company', id)) !== undefined;
  return (await listReadableClients(tx, rights, { kind: 'company', ids: [id] })).has(id);
}

async function clientValues(
  tx: Tx,
  { kind, earlier, rights }: Pick<Columns, 'kind' | 'rights'> & { readonly earlier: ClientRow['fields'] },
  given: Readonly<Record<string, unknown>>,
): Promise<Record<string, FieldValue>> {
  const reference = await loadReference(tx);
  const specs = reference.fieldsOf(kind).filter((spec) => spec.custom);
  return readGivenValues(tx, given, { reference, specs, rights, before: earlier });
}

function without(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

interface Saved {
  readonly kind: ClientKind;
  readonly id: number;
  readonly before: ClientRow | undefined;
}

async function saveAddresses(tx: Tx, { before, ...client }: Saved, body: ClientBody): Promise<void> {
  if (body.emails === undefined && body.phones === undefined) return;
  const { emails, phones } = readAddresses(body, await loadCountry(tx), before);
  if (body.emails !== undefined) await replaceAddresses(tx, client, { kind: 'email', addresses: emails });
  if (body.phones !== undefined) await replaceAddresses(tx, client, { kind: 'phone', addresses: phones });
}
