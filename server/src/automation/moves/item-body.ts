import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { currency } from '@signalbox/contract/common.ts';
import type { ItemBody, ItemPatch } from '@signalbox/contract/items.ts';
import { findOwned } from '../../access/owned-items.store.ts';
import { reachesItem } from '../../access/reach.ts';
import { listReadableClients } from '../../access/reachable-clients.store.ts';
import { findClientsById } from '../../crm/client-book/find-clients.store.ts';
import { storedWithCustom } from '../../crm/facts/standard-fields.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { readGivenValues } from '../../crm/fields/read-given-values.ts';
import { getPipeline, getStage } from '../../crm/pipelines/find-pipeline.ts';
import { getPersonIdAgain } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalid } from '../../platform/errors.ts';
import { fieldErrors, invalidAt, summary } from '../../platform/http/field-errors.ts';
import type { NewItem } from './create-item.ts';

/** The body of POST /items with ids instead of names; 422 with a path for what is not there. */
export async function readItemBody(tx: Tx, body: ItemBody, rights: Rights | undefined): Promise<NewItem> {
  const pipeline = await getPipeline(tx, body.type, body.pipeline, rights);
  await checkClients(tx, body, { rights, before: nothing });
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
    ...(body.responsible !== undefined && { responsibleId: await personId(tx, body.responsible, nothing) }),
    observerIds: await observerIds(tx, body.observers ?? [], nothing),
    fields: withoutEmpty(
      await readFields(tx, { type: body.type, fields: {}, ...nothing }, { given: body.fields ?? {}, rights }),
    ),
  };
}

/** The item as it stands; of a new one nothing does yet. */
interface Before extends Standing {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Standing {
  readonly currency: string | null;
  readonly responsibleId: number | null;
  readonly observerIds: readonly number[];
  readonly contact: number | null;
  readonly company: number | null;
}

const nothing: Standing = { currency: null, responsibleId: null, observerIds: [], contact: null, company: null };

interface Patching {
  readonly item: Before;
  readonly patch: ItemPatch;
  readonly rights: Rights | undefined;
}

/** What PATCH /items/:id changes, by field code; the stage apart. What stands there already may be sent back, whatever is checked of others. */
export async function readItemPatch(tx: Tx, { item, patch, rights }: Patching): Promise<Record<string, FieldValue>> {
  await checkClients(tx, patch, { rights, before: item });
  checkCurrency(patch.currency, item);
  const { title, amount, contact, company, observers } = patch;
  const money = amount == null ? null : { amount: typeof amount === 'number' ? amount.toFixed(2) : amount };
  return {
    ...(title !== undefined && { title }),
    ...(patch.currency != null && { currency: patch.currency }),
    ...(amount !== undefined && {
      amount:
        money !== null && patch.currency != null ? { ...money, currency: patch.currency } : (money?.amount ?? null),
    }),
    ...(contact !== undefined && { contact }),
    ...(company !== undefined && { company }),
    ...(patch.responsible !== undefined && { responsible: await personId(tx, patch.responsible, item) }),
    ...(observers !== undefined && { observers: await observerIds(tx, observers, item) }),
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

function checkCurrency(given: string | null | undefined, before: Standing): void {
  if (given == null || given === before.currency) return;
  const { error } = currency.safeParse(given);
  if (error === undefined) return;
  const errors = fieldErrors(error, ['currency']);
  throw invalid(errors, summary(errors));
}

async function personId(tx: Tx, ref: number | string | null, before: Standing): Promise<number | null> {
  if (ref === null) return null;
  return getPersonIdAgain(tx, workspaceOf(tx), { ref, path: 'responsible', stood: [before.responsibleId] });
}

async function observerIds(tx: Tx, refs: readonly (number | string)[], before: Standing): Promise<number[]> {
  const ids: number[] = [];
  for (const [index, ref] of refs.entries()) {
    const again = { ref, path: `observers[${index}]`, stood: before.observerIds };
    ids.push(await getPersonIdAgain(tx, workspaceOf(tx), again));
  }
  return [...new Set(ids)];
}

async function checkClients(
  tx: Tx,
  { contact, company }: Pick<ItemPatch, 'contact' | 'company'>,
  { rights, before }: { readonly rights: Rights | undefined; readonly before: Standing },
): Promise<void> {
  const given = [
    ...(contact == null || contact === before.contact ? [] : [{ kind: 'contact' as const, id: contact }]),
    ...(company == null || company === before.company ? [] : [{ kind: 'company' as const, id: company }]),
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
