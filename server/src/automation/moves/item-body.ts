import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import type { ItemBody, ItemPatch } from '@signalbox/contract/items.ts';
import { findOwned } from '../../access/owned-items.store.ts';
import { reachesItem } from '../../access/reach.ts';
import { listReadableClients } from '../../access/reachable-clients.store.ts';
import { findClientsById } from '../../crm/client-book/find-clients.store.ts';
import { storedWithCustom } from '../../crm/facts/standard-fields.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { readGivenValues } from '../../crm/fields/read-given-values.ts';
import { getPipeline, getStage } from '../../crm/pipelines/find-pipeline.ts';
import { getPersonId } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import type { NewItem } from './create-item.ts';

/** The body of POST /items with ids instead of names; 422 with a path for what is not there. */
export async function readItemBody(tx: Tx, body: ItemBody, rights: Rights | undefined): Promise<NewItem> {
  const pipeline = await getPipeline(tx, body.type, body.pipeline, rights);
  await checkClients(tx, body, rights);
  await checkParent(tx, body.parent, rights);
  return {
    ...{ type: body.type, title: body.title, pipelineId: pipeline.id, stageCode: getStage(pipeline, body.stage).code },
    ...{
      amount: body.amount,
      currency: body.currency,
      contactId: body.contact,
      companyId: body.company,
      parentId: body.parent,
    },
    ...(body.responsible !== undefined && { responsibleId: await personId(tx, body.responsible) }),
    observerIds: await observerIds(tx, body.observers ?? []),
    fields: withoutEmpty(await readFields(tx, { type: body.type, fields: {} }, { given: body.fields ?? {}, rights })),
  };
}

/** The item as it stands; of a new one nothing does yet. */
interface Before {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Patching {
  readonly item: Before;
  readonly patch: ItemPatch;
  readonly rights: Rights | undefined;
}

/** What PATCH /items/:id changes, by field code; the stage apart. */
export async function readItemPatch(tx: Tx, { item, patch, rights }: Patching): Promise<Record<string, FieldValue>> {
  await checkClients(tx, patch, rights);
  const { title, amount, currency, contact, company, observers } = patch;
  const money = amount == null ? null : { amount: typeof amount === 'number' ? amount.toFixed(2) : amount };
  return {
    ...(title !== undefined && { title }),
    ...(currency != null && { currency }),
    ...(amount !== undefined && {
      amount: money !== null && currency != null ? { ...money, currency } : (money?.amount ?? null),
    }),
    ...(contact !== undefined && { contact }),
    ...(company !== undefined && { company }),
    ...(patch.responsible !== undefined && { responsible: await personId(tx, patch.responsible) }),
    ...(observers !== undefined && { observers: await observerIds(tx, observers) }),
    ...(await readFields(tx, item, { given: patch.fields ?? {}, rights })),
  };
}

async function readFields(
  tx: Tx,
  { type, fields: before }: Before,
  { given, rights }: { readonly given: Readonly<Record<string, unknown>>; readonly rights: Rights | undefined },
): Promise<Record<string, FieldValue>> {
  if (Object.keys(given).length === 0) return {};
  const reference = await loadReference(tx);
  const stored: readonly string[] = storedWithCustom;
  const specs = reference.fieldsOf(type).filter((spec) => spec.custom || stored.includes(spec.code));
  return readGivenValues(tx, given, { specs, reference, rights, before });
}

function withoutEmpty(values: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

async function personId(tx: Tx, ref: number | string | null): Promise<number | null> {
  return ref === null ? null : getPersonId(tx, workspaceOf(tx), ref, 'responsible');
}

async function observerIds(tx: Tx, refs: readonly (number | string)[]): Promise<number[]> {
  const ids: number[] = [];
  for (const [index, ref] of refs.entries())
    ids.push(await getPersonId(tx, workspaceOf(tx), ref, `observers[${index}]`));
  return [...new Set(ids)];
}

async function checkClients(
  tx: Tx,
  { contact, company }: Pick<ItemPatch, 'contact' | 'company'>,
  rights: Rights | undefined,
): Promise<void> {
  const given = [
    ...(contact == null ? [] : [{ kind: 'contact' as const, id: contact }]),
    ...(company == null ? [] : [{ kind: 'company' as const, id: company }]),
  ];
  const there = await findClientsById(tx, given);
  const found = rights === undefined ? there : await readableOf(tx, rights, there);
  const missing = given.find((one) => !found.some(({ kind, id }) => kind === one.kind && id === one.id));
  if (missing !== undefined)
    throw invalidAt(missing.kind, `unknown-${missing.kind}`, `There is no ${missing.kind} ${missing.id}`);
}

async function readableOf<C extends { kind: 'contact' | 'company'; id: number }>(
  tx: Tx,
  rights: Rights,
  clients: readonly C[],
) {
  const readable = await Promise.all(
    clients.map(({ kind, id }) => listReadableClients(tx, rights, { kind, ids: [id] })),
  );
  return clients.filter(({ id }, index) => readable[index]?.has(id));
}

async function checkParent(tx: Tx, id: number | null | undefined, rights: Rights | undefined): Promise<void> {
  if (id == null) return;
  const parent = await findOwned(tx, id);
  if (parent === undefined || (rights !== undefined && !reachesItem(rights, parent, 'read')))
    throw invalidAt('parent', 'unknown-item', `There is no item ${id}`);
}
