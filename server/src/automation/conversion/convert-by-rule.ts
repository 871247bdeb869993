import type { Deed } from '@signalbox/automation/kit/definitions/deeds.ts';
import type { ConversionMade, ConversionWish } from '@signalbox/automation/rules/items/port.ts';
import { loadReference, type Reference } from '../../crm/facts/workspace-facts.ts';
import { listChildren } from '../../crm/items/children.store.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { checkQuota } from '../../platform/quotas/check-quota.ts';
import type { Acting } from '../moves/acting.ts';
import { createItem } from '../moves/create-item.ts';
import { holdStages } from '../moves/hold-stages.ts';
import { readItemBody } from '../moves/item-body.ts';
import { moveItem } from '../moves/move-item.ts';
import { contactToMake, fieldsOfDeal, wonStageOf } from './conversion-plan.ts';
import { dealOf, tellBoth, tieClients } from './convert-lead.ts';

interface Converting {
  readonly leadId: number;
  readonly wish: ConversionWish;
  /** Where the deal is put; null: none is made. */
  readonly place: { readonly pipelineId: number; readonly stageCode: string } | null;
}

/**
 * As a person converts a lead, by a rule: without anybody's rights and without the fields that a stage asks of people (semantics.md 4). Under the
 * lead's lock, so that a rule and two people make one deal.
 */
export async function convertLeadByRule(
  tx: Tx,
  acting: Acting,
  { leadId, wish, place }: Converting,
): Promise<ConversionMade & { readonly did: readonly Deed[] }> {
  await holdStages(tx);
  const [lead] = await loadItemRows(tx, [leadId], { lock: true });
  if (lead === undefined) throw notFound(`Item ${leadId}`);
  const [earlier] = await listChildren(tx, { parentId: lead.id, type: 'deal' });
  if (earlier !== undefined) return { dealId: earlier, contactId: lead.contactId, companyId: lead.companyId, did: [] };

  const reference = await loadReference(tx);
  const contact = wish.contact === null ? null : { ...contactToMake(lead, reference, undefined), ...wish.contact };
  const { made, changes, ...clients } = await tieClients(tx, acting, {
    lead,
    input: { contact, company: wish.company },
  });
  const dealId = await makeDeal(tx, acting, { lead, wish, place, reference, clients });
  const won = wonStageOf(lead, reference);
  const move = won === null ? null : await moveItem(tx, acting, { itemId: lead.id, stageCode: won.code });
  const did: Deed[] = [
    ...made.map((client) => ({ kind: 'client' as const, ...client })),
    ...(changes.length > 0 ? [{ kind: 'fields' as const, changes }] : []),
    ...(dealId === null ? [] : [{ kind: 'item' as const, item: dealId }]),
    ...(move?.moved ? [{ kind: 'stage' as const, visit: move.move.visitId }] : []),
  ];
  return { dealId, contactId: clients.contact, companyId: clients.company, did };
}

interface Making extends Omit<Converting, 'leadId'> {
  readonly lead: ItemRow;
  readonly reference: Reference;
  readonly clients: { readonly contact: number | null; readonly company: number | null };
}

async function makeDeal(
  tx: Tx,
  acting: Acting,
  { lead, wish: { deal }, place, reference, clients }: Making,
): Promise<number | null> {
  if (deal === null || place === null) return null;
  const { seen, unseen } = await fieldsOfDeal(tx, { lead, reference, rights: undefined });
  const { title, responsibleId: responsible } = deal;
  const input = {
    ...{ title, pipeline: place.pipelineId, stage: place.stageCode, responsible },
    fields: { ...unseen, ...seen },
  };
  const body = await readItemBody(tx, dealOf({ lead, input, reference, clients, rights: undefined }), undefined);
  await checkQuota(tx, { name: 'items', amount: 1, now: acting.now });
  const { id } = await createItem(tx, acting, body);
  await tellBoth(tx, acting, { deal: { id, title: input.title }, lead });
  return id;
}
