import type { Item } from '@signalbox/contract/items.ts';
import { hidesField, seenValues } from '../../access/held-fields.ts';
import { loadPeople, type PersonRow } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { type ClientKind, type ClientRow, listClients } from '../client-book/clients.store.ts';
import { jsonValues } from '../facts/json-values.ts';
import { readValues } from '../facts/read-values.ts';
import { type ItemView, loadItemViews } from './list-items.store.ts';

/**
 * The item as answers show it (interfaces.md, HTTP), without the fields that are hidden from whose answer it is; whether they
 * may see it, `accessItem` says.
 */
export async function getItem(tx: Tx, id: number, rights: Rights | undefined): Promise<Item> {
  const [item] = await presentItems(tx, await loadItemViews(tx, [id]), rights);
  if (item === undefined) throw notFound(`Item ${id}`);
  return item;
}

/** With their people and clients, a statement a table. */
export async function presentItems(tx: Tx, views: readonly ItemView[], rights: Rights | undefined): Promise<Item[]> {
  const people = await loadPeople(
    tx,
    workspaceOf(tx),
    views.flatMap((view) => [view.responsibleId, view.creatorId, ...view.observerIds]),
  );
  const contacts = await loadClients(
    tx,
    'contact',
    views.map((view) => view.contact),
  );
  const companies = await loadClients(
    tx,
    'company',
    views.map((view) => view.company),
  );
  return views.map(({ responsibleId, creatorId, observerIds, ...view }) => ({
    ...view,
    amount: hidesField(rights, { owner: view.type, code: 'amount' }) ? null : view.amount,
    responsible: find(people, responsibleId),
    creator: find(people, creatorId),
    observers: observerIds.flatMap((id) => find(people, id) ?? []),
    clients: [
      ...clientOf('company', find(companies, view.company), rights),
      ...clientOf('contact', find(contacts, view.contact), rights),
    ],
    fields: jsonValues(seenValues(rights, view.type, readValues(view.fields))),
    createdAt: view.createdAt.toISOString(),
    updatedAt: view.updatedAt.toISOString(),
    movedAt: view.movedAt.toISOString(),
  }));
}

async function loadClients(
  tx: Tx,
  kind: ClientKind,
  ids: readonly (number | null)[],
): Promise<ReadonlyMap<number, ClientRow>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await listClients(tx, kind, { ids: wanted, limit: wanted.length });
  return new Map(rows.map((row) => [row.id, row]));
}

function find<T extends ClientRow | PersonRow>(known: ReadonlyMap<number, T>, id: number | null): T | null {
  return id === null ? null : (known.get(id) ?? null);
}

/** Who reads no clients knows them by their name alone. */
function clientOf(kind: ClientKind, client: ClientRow | null, rights: Rights | undefined): Item['clients'] {
  if (client === null) return [];
  const { id, name, emails, phones } = client;
  const reached = rights === undefined || rights.clients.read !== 'none';
  return [{ kind, id, name, emails: reached ? emails : [], phones: reached ? phones : [] }];
}
