import type { FieldDeed } from '@signalbox/automation/kit/definitions/deeds.ts';
import type { convertBody } from '@signalbox/contract/conversion.ts';
import type { Item, ItemBody } from '@signalbox/contract/items.ts';
import type { z } from 'zod';
import { accessItem, checkItem } from '../../access/access-item.ts';
import { checkMayFill, fieldNotSeen, hidesField } from '../../access/held-fields.ts';
import { addClient } from '../../crm/clients/save-client.ts';
import { jsonValues } from '../../crm/facts/json-values.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { listChildren } from '../../crm/items/children.store.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import { getItem } from '../../crm/items/present-items.ts';
import { appendTimeline } from '../../crm/timeline/append-timeline.store.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import type { Acting } from '../moves/acting.ts';
import { changeItem } from '../moves/change-item.ts';
import { holdStages } from '../moves/hold-stages.ts';
import { createItemByPerson, moveByPerson } from '../moves/item-commands.ts';
import { findKnownContact } from './conversion-contact.ts';
import { fieldsOfDeal, valuesOf, wonStageOf } from './conversion-plan.ts';

export type ConvertInput = z.output<typeof convertBody>;

export interface Conversion {
  /** False: the lead had been converted before; the deal is the one that was made then. */
  readonly created: boolean;
  readonly deal: Item;
  readonly lead: Item;
}

/** A deal of a lead, with its clients; the lead moves to its won stage. Under the lead's lock, so twice makes one deal. */
export async function convertLead(
  tx: Tx,
  acting: Acting,
  { leadId, input }: { leadId: number; input: ConvertInput },
): Promise<Conversion> {
  await holdStages(tx);
  const { rights } = acting;
  const lead = await lockLead(tx, leadId, rights);
  const [earlier] = await listChildren(tx, { parentId: lead.id, type: 'deal' });
  if (earlier !== undefined) {
    if (rights !== undefined) await accessItem(tx, { rights }, earlier, 'read');
    return { created: false, ...(await present(tx, rights, { deal: earlier, lead: lead.id })) };
  }

  const reference = await loadReference(tx);
  const clients = await tieClients(tx, acting, { lead, input });
  const { seen, unseen } = await fieldsOfDeal(tx, { lead, reference, rights });
  const chosen = chosenFields(input, seen);
  checkSees(rights, chosen);
  const making = {
    lead,
    input: { ...input, fields: { ...unseen, ...(input.fields ?? seen) } },
    reference,
    clients,
    rights,
  };
  const given = { ...chosenValues(input, lead, rights), fields: chosen };
  const dealId = await createItemByPerson(tx, acting, dealOf(making), given);
  const won = wonStageOf(lead, reference);
  if (won !== null) await moveByPerson(tx, acting, { id: lead.id, to: { stage: won.code } });
  const made = await present(tx, rights, { deal: dealId, lead: lead.id });
  await tellBoth(tx, acting, made);
  return { created: true, ...made };
}

// What a conversion does by itself is not filled in by whoever converts.
function chosenFields({ fields = {} }: ConvertInput, usual: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([to, from]) => usual[to] !== from));
}

function chosenValues({ amount, currency, responsible }: ConvertInput, lead: ItemRow, rights: Acting['rights']) {
  const isSeen = !hidesField(rights, { owner: 'lead', code: 'amount' });
  const isSame = (amount == null) === (lead.amount === null) && Number(amount) === Number(lead.amount);
  return {
    amount: isSeen && isSame ? undefined : amount,
    currency: currency === lead.currency ? undefined : currency,
    responsible: responsible === lead.responsibleId ? undefined : responsible,
  };
}

function checkSees(rights: Acting['rights'], chosen: Readonly<Record<string, string>>): void {
  for (const [to, code] of Object.entries(chosen))
    if (hidesField(rights, { owner: 'lead', code })) throw fieldNotSeen(`fields.${to}`, code);
}

async function present(tx: Tx, rights: Acting['rights'], ids: { readonly deal: number; readonly lead: number }) {
  return { deal: await getItem(tx, ids.deal, rights), lead: await getItem(tx, ids.lead, rights) };
}

async function lockLead(tx: Tx, id: number, rights: Acting['rights']): Promise<ItemRow> {
  const [row] = await loadItemRows(tx, [id], { lock: true });
  if (row === undefined) throw notFound(`Item ${id}`);
  checkItem(rights, row, 'change');
  if (row.type === 'lead') return row;
  throw invalidAt('', 'not-a-lead', `Item ${id} is a ${row.type}; only leads are converted`);
}

interface Clients {
  readonly contact: number | null;
  readonly company: number | null;
}

interface Tied extends Clients {
  /** Those that were not there before. */
  readonly made: readonly { readonly client: 'contact' | 'company'; readonly id: number }[];
  /** Of the lead. */
  readonly changes: readonly FieldDeed[];
}

/** The lead's own clients stay; those that it lacks and that were asked for are made, or found by their addresses. */
export async function tieClients(
  tx: Tx,
  acting: Acting,
  { lead, input }: { lead: ItemRow; input: Pick<ConvertInput, 'contact' | 'company'> },
): Promise<Tied> {
  const { byId, now, rights } = acting;
  const newCompany =
    lead.companyId !== null || input.company == null
      ? null
      : await addClient(tx, { id: byId, rights }, { kind: 'company', body: input.company, now });
  const company = lead.companyId ?? newCompany;
  const found =
    lead.contactId === null ? await contactOf(tx, acting, { input, company }) : { id: lead.contactId, isNew: false };
  const contact = found?.id ?? null;
  const changes = {
    ...(company !== lead.companyId && { company }),
    ...(contact !== lead.contactId && { contact }),
  };
  checkMayFill(
    rights,
    lead.type,
    Object.keys(changes).map((code) => ({ code, path: code })),
  );
  const changed =
    Object.keys(changes).length === 0 ? [] : (await changeItem(tx, acting, { itemId: lead.id, changes })).changes;
  const made = [
    ...(newCompany === null ? [] : [{ client: 'company' as const, id: newCompany }]),
    ...(found?.isNew ? [{ client: 'contact' as const, id: found.id }] : []),
  ];
  return { contact, company, made, changes: changed };
}

async function contactOf(
  tx: Tx,
  { byId, now, rights }: Acting,
  { input, company }: { input: Pick<ConvertInput, 'contact'>; company: number | null },
): Promise<{ readonly id: number; readonly isNew: boolean } | null> {
  if (input.contact == null) return null;
  const known = await findKnownContact(tx, input.contact, rights);
  if (known != null) return { id: known, isNew: false };
  const body = { ...input.contact, company };
  return { id: await addClient(tx, { id: byId, rights }, { kind: 'contact', body, now }), isNew: true };
}

interface Making {
  readonly lead: ItemRow;
  readonly input: ConvertInput & { readonly fields: Readonly<Record<string, string>> };
  readonly reference: Reference;
  readonly clients: Clients;
  readonly rights: Acting['rights'];
}

export function dealOf({ lead, input, reference, clients, rights }: Making): ItemBody {
  const here = new Set(Object.values(reference.workspace.directory?.byEmail ?? {}));
  return {
    type: 'deal',
    title: input.title ?? lead.title,
    ...(input.pipeline !== undefined && { pipeline: input.pipeline }),
    ...(input.stage !== undefined && { stage: input.stage }),
    amount: input.amount === undefined ? carriedAmount(lead, rights) : input.amount,
    currency: input.currency ?? lead.currency,
    ...responsibleOf(lead, input, here),
    observers: lead.observerIds.filter((id) => here.has(id)),
    ...{ contact: clients.contact, company: clients.company },
    parent: lead.id,
    fields: jsonValues(valuesOf(lead, input.fields, reference)),
  };
}

// It stays behind where the deal would show what the lead hides.
function carriedAmount({ amount }: ItemRow, rights: Acting['rights']): string | null {
  const isHidden = (owner: 'lead' | 'deal') => hidesField(rights, { owner, code: 'amount' });
  return isHidden('lead') && !isHidden('deal') ? null : amount;
}

/** Who has left the company does not get the deal: then it is the one who converts. */
function responsibleOf(
  { responsibleId }: ItemRow,
  input: ConvertInput,
  here: ReadonlySet<number>,
): Pick<ItemBody, 'responsible'> {
  if (input.responsible !== undefined) return { responsible: input.responsible };
  return responsibleId === null || here.has(responsibleId) ? { responsible: responsibleId } : {};
}

interface Told {
  readonly deal: { readonly id: number; readonly title: string };
  readonly lead: { readonly id: number; readonly title: string };
}

export async function tellBoth(tx: Tx, acting: Acting, { deal, lead }: Told): Promise<void> {
  const by = acting.ruleName ? { rule: acting.ruleName } : {};
  const said = { at: acting.now, authorId: acting.byId, text: '' };
  await appendTimeline(tx, [
    { ...said, itemId: lead.id, kind: 'converted', data: { deal: deal.id, title: deal.title, ...by } },
    { ...said, itemId: deal.id, kind: 'made-of-lead', data: { lead: lead.id, title: lead.title, ...by } },
  ]);
}
