import { isEmpty, isMoney } from '@signalbox/automation/kit/values/values.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { ConversionWish, MakingPort, NewItemWish } from '@signalbox/automation/rules/items/port.ts';
import { convertBody } from '@signalbox/contract/conversion.ts';
import { itemBody } from '@signalbox/contract/items.ts';
import { convertLeadByRule } from '../automation/conversion/convert-by-rule.ts';
import { createItem } from '../automation/moves/create-item.ts';
import { readItemBody } from '../automation/moves/item-body.ts';
import { cancelRunsBelow } from '../automation/running/cancel-below.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { jsonValues } from '../crm/facts/json-values.ts';
import { appendTimeline } from '../crm/timeline/append-timeline.store.ts';
import { checkQuota } from '../platform/quotas/check-quota.ts';
import { actingAs } from './acting-as.ts';
import { placeNamed } from './place-named.ts';
import { typedValues } from './typed-values.ts';

/** Items that rules make of items, in the run's transaction, carrying its chain (semantics.md 5.7, 7). */
export function makingPort(scope: PortScope): MakingPort {
  return {
    createItem: (wish) => scope.command(async () => ({ itemId: await createOf(scope, wish) })),
    convertLead: (wish) => scope.command(() => convert(scope, wish)),
  };
}

async function createOf(scope: PortScope, wish: NewItemWish): Promise<number> {
  const { tx, now } = scope;
  const body = itemBody.safeParse(await bodyOf(scope, wish));
  if (!body.success) throw refusal(body.error.issues[0]);
  const acting = actingAs(scope, wish.byId);
  const item = await readItemBody(tx, body.data, undefined);
  await checkQuota(tx, { name: 'items', amount: 1, now });
  const { id } = await createItem(tx, acting, item);
  scope.did({ kind: 'item', item: id });
  const { title, type } = body.data;
  const source = scope.item();
  const said = { at: now, authorId: wish.byId, text: '' };
  const rule = { rule: scope.ruleName, run: scope.run.id };
  const of = { item: source.id, title: String(source.values.title ?? ''), type: source.type };
  await appendTimeline(tx, [
    { ...said, itemId: source.id, kind: 'made-item', data: { made: { item: id, title, type }, ...rule } },
    { ...said, itemId: id, kind: 'made-of-item', data: { made: of, ...rule } },
  ]);
  return id;
}

/** The body that a person would send: what is checked of theirs is checked of a rule's. */
async function bodyOf(scope: PortScope, wish: NewItemWish) {
  const { reference } = scope;
  if (!reference.itemTypes.includes(wish.type)) throw new Impossible(because('no-type', { type: wish.type }));
  const { pipelineId, stageCode } = placeNamed(reference, wish);
  const { contactId, companyId } = clientsOf(scope, wish);
  const specs = reference.fieldsOf(wish.type);
  const currency = currencyOf(scope);
  const values = await typedValues(scope, wish.values, { specs, currency });
  const { title, amount, responsible, observers, contact, company, ...rest } = values;
  const { currency: ownCurrency, ...fields } = rest;
  const money = isMoney(amount) ? amount : null;
  return {
    ...{ type: wish.type, pipeline: pipelineId, stage: stageCode },
    title: isEmpty(title) ? wish.title.trim() : title,
    ...{ amount: money?.amount ?? null, currency: money?.currency ?? (isEmpty(ownCurrency) ? currency : ownCurrency) },
    responsible: isEmpty(responsible) ? wish.responsibleId : responsible,
    observers: isEmpty(observers) ? [] : observers,
    ...{ contact: isEmpty(contact) ? contactId : contact, company: isEmpty(company) ? companyId : company },
    parent: wish.keepsTie ? scope.item().id : null,
    fields: jsonValues(Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))),
  };
}

function clientsOf(scope: PortScope, { keepsClients }: NewItemWish) {
  const { contact, company } = scope.item();
  return keepsClients
    ? { contactId: contact?.id ?? null, companyId: company?.id ?? null }
    : { contactId: null, companyId: null };
}

// A plain number is in the currency of the item of which the new one is made.
function currencyOf(scope: PortScope): string {
  const { currency } = scope.item().values;
  return typeof currency === 'string' && currency !== '' ? currency : scope.reference.workspace.currency;
}

function refusal(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): Impossible {
  const message = issue === undefined ? 'the item is incomplete' : `${issue.path.join('.')}: ${issue.message}`;
  return new Impossible(issue?.path[0] === 'title' ? because('title-empty') : because('refused', { message }));
}

async function convert(scope: PortScope, wish: ConversionWish) {
  const { tx, reference } = scope;
  const lead = scope.item();
  if (lead.type !== 'lead') throw new Impossible(because('not-a-lead'));
  const place = wish.deal === null ? null : placeNamed(reference, { ...wish, type: 'deal' });
  const { contact, company, deal } = wish;
  const names = convertBody.safeParse({ title: deal?.title, contact: contact && { name: contact.name }, company });
  if (!names.success) throw refusal(names.error.issues[0]);
  const acting = actingAs(scope, wish.byId);
  const { dealId, contactId, companyId, did } = await convertLeadByRule(tx, acting, { leadId: lead.id, wish, place });
  for (const deed of did) scope.did(deed);
  if (did.some(({ kind }) => kind === 'stage')) await cancelRunsBelow(tx, scope);
  return { dealId, contactId, companyId };
}
