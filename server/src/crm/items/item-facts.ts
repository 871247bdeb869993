import type { ClientFacts, ItemFacts, Values } from '@signalbox/automation/kit/facts.ts';
import { reachesItem } from '../../access/reach.ts';
import { reachableItems } from '../../access/reachable-items.store.ts';
import { seenFacts } from '../../access/seen-evidence.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { clientKey, loadClientFacts } from '../client-book/client-facts.store.ts';
import { readValues } from '../facts/read-values.ts';
import { loadReference, type Reference } from '../facts/workspace-facts.ts';
import { findRepeats, type ItemRow, loadItemRows, loadLatestChildren } from './items.store.ts';

/** Items with their fields, clients and people, a statement a table; with `lock` the items are locked in ascending id (semantics.md 4). */
export async function loadItemFacts(
  tx: Tx,
  ids: readonly number[],
  { lock }: { readonly lock: boolean },
): Promise<Map<number, ItemFacts>> {
  const rows = await loadItemRows(tx, ids, { lock });
  if (rows.length === 0) return new Map();
  return makeItemFacts(tx, rows, await loadReference(tx));
}

/** The same for rows that have been read already. */
export function makeItemFacts(tx: Tx, rows: readonly ItemRow[], reference: Reference): Promise<Map<number, ItemFacts>> {
  return makeFacts(tx, rows, { reference });
}

interface Seen {
  readonly reference: Reference;
  /** Left out: all that the workspace sees. */
  readonly rights?: Rights | undefined;
}

/** The same as somebody sees them: without hidden fields, tied and earlier items out of their reach, and clients whom they may not read (docs/rights.md). */
export async function makeSeenFacts(tx: Tx, rows: readonly ItemRow[], seen: Seen): Promise<Map<number, ItemFacts>> {
  const facts = await makeFacts(tx, rows, seen);
  return new Map([...facts].map(([id, item]) => [id, seenFacts(item, seen.rights)]));
}

async function makeFacts(tx: Tx, rows: readonly ItemRow[], { reference, rights }: Seen) {
  const clients = await loadClientFacts(tx, rows);
  const children = await loadLatestChildren(tx, idsOf(rows.filter((row) => row.hasChildren)));
  const isSeen = (child: ItemRow) => rights === undefined || reachesItem(rights, child, 'read');
  const tied = groupByParent(children.filter(isSeen), reference);
  const withClient = idsOf(rows.filter((row) => row.contactId !== null || row.companyId !== null));
  const repeats = await findRepeats(tx, withClient, rights && reachableItems(rights, 'read'));
  return new Map(
    rows.map((row) => [row.id, toFacts({ row, reference, clients, tied, isRepeat: repeats.has(row.id) })]),
  );
}

/** The facts after the item has entered another stage. */
export function enterStage(
  item: ItemFacts,
  place: { readonly pipelineId: number; readonly stageId: number },
  reference: Reference,
  now: Date,
): ItemFacts {
  const values = { ...item.values, ...placeValues(place, reference), updatedAt: now.toISOString() };
  return { ...item, pipelineId: place.pipelineId, stageId: place.stageId, values };
}

/** An item's row and everything around it that its facts are made of. */
export interface FactParts {
  readonly row: ItemRow;
  readonly reference: Reference;
  readonly clients: ReadonlyMap<string, ClientFacts>;
  readonly tied: ReadonlyMap<number, Readonly<Record<string, Values>>>;
  readonly isRepeat: boolean;
}

export function toFacts({ row, reference, clients, tied, isRepeat }: FactParts): ItemFacts {
  const contact = row.contactId === null ? null : (clients.get(clientKey('contact', row.contactId)) ?? null);
  const company = row.companyId === null ? null : (clients.get(clientKey('company', row.companyId)) ?? null);
  return {
    ...{ id: row.id, type: row.type, pipelineId: row.pipelineId, stageId: row.stageId },
    values: { ...valuesOf(row, reference), repeat: isRepeat },
    fields: reference.fieldsOf(row.type),
    clientFields: { contact: reference.fieldsOf('contact'), company: reference.fieldsOf('company') },
    ...{ client: contact ?? company, contact, company },
    responsible: personOf(row.responsibleId, reference),
    creator: personOf(row.creatorId, reference),
    tied: tied.get(row.id) ?? {},
  };
}

export function valuesOf(row: ItemRow, reference: Reference): Values {
  return {
    ...readValues(row.fields),
    title: row.title,
    amount: row.amount === null ? null : { amount: row.amount, currency: row.currency ?? reference.workspace.currency },
    currency: row.currency,
    responsible: row.responsibleId,
    creator: row.creatorId,
    observers: row.observerIds,
    contact: row.contactId,
    company: row.companyId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...placeValues(row, reference),
  };
}

function placeValues(
  { pipelineId, stageId }: { readonly pipelineId: number; readonly stageId: number },
  reference: Reference,
) {
  return {
    stage: reference.stages.get(stageId)?.code ?? null,
    pipeline: reference.pipelines.get(pipelineId)?.name ?? null,
  };
}

function personOf(id: number | null, { people }: Reference) {
  return id === null ? null : (people.get(id) ?? null);
}

function groupByParent(children: readonly ItemRow[], reference: Reference): Map<number, Record<string, Values>> {
  const groups = new Map<number, Record<string, Values>>();
  for (const child of children) {
    if (child.parentId === null) continue;
    groups.set(child.parentId, { ...groups.get(child.parentId), [child.type]: valuesOf(child, reference) });
  }
  return groups;
}

function idsOf(rows: readonly ItemRow[]): number[] {
  return rows.map(({ id }) => id);
}
