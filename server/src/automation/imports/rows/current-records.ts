import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { normalPhone } from '@signalbox/automation/kit/values/phones.ts';
import { type ClientRow, listClients } from '../../../crm/client-book/clients.store.ts';
import { cellText, clearNumber } from '../../../crm/csv/cell-text.ts';
import { joinList } from '../../../crm/csv/list-cell.ts';
import { listKeys } from '../../../crm/csv/record-keys.store.ts';
import { readValues } from '../../../crm/facts/read-values.ts';
import { type ItemRow, loadItemRows } from '../../../crm/items/items.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { fillable } from '../job/import-plan.ts';
import type { ClientKind } from './create-clients.store.ts';
import type { World } from './import-world.ts';

/** A client as a row may name it. */
export interface KnownClient {
  readonly id: number;
  readonly name: string;
  readonly key: string | null;
  /** Its addresses as they are compared. */
  readonly normals: readonly string[];
}

/** What a record is before a row changes it. */
export interface CurrentRecord {
  /** What a cell may say without saying anything new, by what its column becomes: as the export writes it, and otherwise. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly contact: KnownClient | undefined;
  readonly company: KnownClient | undefined;
}

export async function loadCurrentClients(
  tx: Tx,
  world: World,
  { kind, ids }: { kind: ClientKind; ids: readonly number[] },
): Promise<Map<number, CurrentRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await listClients(tx, kind, { ids, limit: ids.length });
  const keys = await listKeys(tx, kind, ids);
  const companies = await loadKnownClients(tx, world, {
    kind: 'company',
    ids: rows.flatMap(({ companyId }) => companyId ?? []),
  });
  return new Map(
    rows.map((row) => {
      const texts = clientTexts(world, row, keys.get(row.id) ?? '');
      return [row.id, { texts, contact: undefined, company: companies.get(row.companyId ?? 0) }];
    }),
  );
}

function clientTexts(world: World, row: ClientRow, key: string): CurrentRecord['texts'] {
  return {
    ...sharedTexts(world, row, key),
    ...{ name: [row.name], firstName: [row.firstName ?? ''], lastName: [row.lastName ?? ''] },
    ...{ email: [joinList(row.emails, 'email')], phone: [joinList(row.phones, 'phone')] },
  };
}

export async function loadCurrentItems(
  tx: Tx,
  world: World,
  ids: readonly number[],
): Promise<Map<number, CurrentRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await loadItemRows(tx, ids, { lock: false });
  const keys = await listKeys(tx, world.job.target, ids);
  const idsOf = (of: 'contactId' | 'companyId') => rows.flatMap((row) => row[of] ?? []);
  const contacts = await loadKnownClients(tx, world, { kind: 'contact', ids: idsOf('contactId') });
  const companies = await loadKnownClients(tx, world, { kind: 'company', ids: idsOf('companyId') });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        texts: itemTexts(world, row, keys.get(row.id) ?? ''),
        ...{ contact: contacts.get(row.contactId ?? 0), company: companies.get(row.companyId ?? 0) },
      },
    ]),
  );
}

function itemTexts(world: World, row: ItemRow, key: string): CurrentRecord['texts'] {
  const { name = '', code = '' } = world.reference.stages.get(row.stageId) ?? {};
  const { amount, currency } = row;
  return {
    ...sharedTexts(world, row, key),
    ...{ title: [row.title], stage: [name, code], currency: [currency ?? ''] },
    amount: amount === null ? [''] : [clearNumber(String(Number(amount))), `${amount} ${currency}`],
  };
}

interface Shared {
  readonly responsibleId: number | null;
  readonly createdAt: Date;
  readonly fields: Readonly<Record<string, unknown>>;
}

function sharedTexts({ reference, job }: World, row: Shared, key: string): CurrentRecord['texts'] {
  const { people } = reference;
  const responsible = people.get(row.responsibleId ?? 0);
  const values = readValues(row.fields);
  const own = fillable(job.target, reference).map((spec) => [spec.code, [cellText(values[spec.code], spec, people)]]);
  return {
    ...{ key: [key], createdAt: [row.createdAt.toISOString()] },
    responsible: responsible === undefined ? [''] : [responsible.email, responsible.name],
    ...Object.fromEntries(own),
  };
}

async function loadKnownClients(
  tx: Tx,
  { country }: World,
  { kind, ids }: { kind: ClientKind; ids: readonly number[] },
): Promise<Map<number, KnownClient>> {
  if (ids.length === 0) return new Map();
  const rows = await listClients(tx, kind, { ids, limit: ids.length });
  const keys = await listKeys(tx, kind, ids);
  return new Map(
    rows.map(({ id, name, emails, phones }) => {
      const normals = [...emails.map(normalEmail), ...phones.map((phone) => normalPhone(phone, country))];
      return [id, { id, name, key: keys.get(id) ?? null, normals }];
    }),
  );
}
