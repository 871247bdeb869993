import { type FieldSpec, type FieldValue, isEmpty } from '@signalbox/automation/kit/values/values.ts';
import type { ConversionPlan } from '@signalbox/contract/conversion.ts';
import type { ClientSummary } from '@signalbox/contract/items.ts';
import { readableIds } from '../../access/access-item.ts';
import { hidesField } from '../../access/held-fields.ts';
import { findClient } from '../../crm/client-book/clients.store.ts';
import { readValues } from '../../crm/facts/read-values.ts';
import { storedWithCustom } from '../../crm/facts/standard-fields.ts';
import { loadReference, type Reference, type StageRow } from '../../crm/facts/workspace-facts.ts';
import { readGivenValues } from '../../crm/fields/read-given-values.ts';
import { listChildren } from '../../crm/items/children.store.ts';
import { type ItemRow, loadItemRows } from '../../crm/items/items.store.ts';
import { getItem } from '../../crm/items/present-items.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { type FieldError, invalid, notFound, UserError } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { findKnownContact } from './conversion-contact.ts';

/** What a conversion of this lead would make, before it is made. */
export async function planConversion(tx: Tx, leadId: number, rights: Rights): Promise<ConversionPlan> {
  const [lead] = await loadItemRows(tx, [leadId], { lock: false });
  if (lead === undefined) throw notFound(`Item ${leadId}`);
  if (lead.type !== 'lead')
    throw invalidAt('', 'not-a-lead', `Item ${leadId} is a ${lead.type}; only leads are converted`);
  const reference = await loadReference(tx);
  const made = await listChildren(tx, { parentId: lead.id, type: 'deal' });
  const readable = await readableIds(tx, { rights }, made);
  const deals = made.filter((id) => readable.has(id));
  const contact = lead.contactId === null ? contactToMake(lead, reference, rights) : null;
  const won = wonStageOf(lead, reference);
  return {
    deals: await Promise.all(deals.map((id) => getItem(tx, id, rights))),
    contact,
    known: contact === null ? null : await knownOf(tx, contact, rights),
    stage: won === null ? null : { code: won.code, name: won.name },
    fields: (await fieldsOfDeal(tx, { lead, reference, rights })).seen,
  };
}

/** The first won stage of the lead's pipeline; null when it has none, or the lead stands on one. */
export function wonStageOf(lead: ItemRow, reference: Reference): StageRow | null {
  if (reference.stages.get(lead.stageId)?.kind === 'won') return null;
  return reference.pipelines.get(lead.pipelineId)?.stages.find(({ kind }) => kind === 'won') ?? null;
}

interface Filling {
  readonly lead: ItemRow;
  readonly reference: Reference;
  readonly rights: Rights | undefined;
}

/**
 * By code of the deal's field, the lead's field with a value that fits: the same code and kind, an option that the deal has too,
 * nothing deleted. What is hidden from whoever converts goes along unseen, or stays behind where the deal would show it.
 */
export async function fieldsOfDeal(
  tx: Tx,
  { lead, reference, rights }: Filling,
): Promise<{ readonly seen: Record<string, string>; readonly unseen: Record<string, string> }> {
  const targets = fillable(reference.fieldsOf('deal'));
  const same = fillable(reference.fieldsOf('lead')).filter(
    (field) =>
      !isEmpty(lead.fields[field.code]) &&
      targets.some(
        ({ code, kind, multiple }) => code === field.code && kind === field.kind && !multiple === !field.multiple,
      ),
  );
  const fit = await withoutUnfit(tx, Object.fromEntries(same.map(({ code }) => [code, code])), { lead, reference });
  const isHidden = (owner: 'lead' | 'deal', code: string) => hidesField(rights, { owner, code });
  const pick = (holds: (code: string) => boolean) =>
    Object.fromEntries(Object.entries(fit).filter(([code]) => holds(code)));
  return {
    seen: pick((code) => !isHidden('lead', code)),
    unseen: pick((code) => isHidden('lead', code) && isHidden('deal', code)),
  };
}

async function withoutUnfit(
  tx: Tx,
  from: Readonly<Record<string, string>>,
  { lead, reference }: { readonly lead: ItemRow; readonly reference: Reference },
): Promise<Record<string, string>> {
  const specs = reference.fieldsOf('deal');
  try {
    await readGivenValues(tx, valuesOf(lead, from, reference), { specs, reference });
    return { ...from };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const unfit = new Set(error.errors.map(({ path }) => path));
    const fit = Object.entries(from).filter(([code]) => !unfit.has(`fields.${code}`));
    // What is not there is only looked for when all else fits.
    if (fit.length === Object.keys(from).length) throw error;
    return withoutUnfit(tx, Object.fromEntries(fit), { lead, reference });
  }
}

/** The values for the deal's fields; 422 with a path for each that is asked of a field that leads do not have. */
export function valuesOf(
  lead: ItemRow,
  from: Readonly<Record<string, string>>,
  reference: Reference,
): Record<string, FieldValue> {
  const known = fillable(reference.fieldsOf('lead'));
  const errors = Object.entries(from).flatMap(([target, code]): FieldError[] =>
    known.some((field) => field.code === code)
      ? []
      : [{ path: `fields.${target}`, code: 'unknown-field', message: `Leads have no field ${code}` }],
  );
  if (errors.length > 0) throw invalid(errors);
  const values = readValues(lead.fields);
  return Object.fromEntries(
    Object.entries(from).flatMap(([target, code]): [string, FieldValue][] => {
      const value = values[code];
      return value === undefined || isEmpty(value) ? [] : [[target, value]];
    }),
  );
}

function fillable(fields: readonly FieldSpec[]): readonly FieldSpec[] {
  const stored: readonly string[] = storedWithCustom;
  return fields.filter(({ code, custom, readOnly }) => readOnly !== true && (custom || stored.includes(code)));
}

/** Its name is the lead's, its addresses those that stand in the lead's own fields. */
export function contactToMake(lead: ItemRow, reference: Reference, rights: Rights | undefined) {
  const ofKind = (wanted: FieldSpec['kind']) =>
    reference
      .fieldsOf('lead')
      .filter(({ kind, custom, code }) => custom && kind === wanted && !hidesField(rights, { owner: 'lead', code }))
      .flatMap(({ code }) => [lead.fields[code]].flat())
      .filter((value) => typeof value === 'string');
  return { name: lead.title, emails: ofKind('email'), phones: ofKind('phone').filter((phone) => /\d/.test(phone)) };
}

async function knownOf(
  tx: Tx,
  contact: { emails: string[]; phones: string[] },
  rights: Rights,
): Promise<ClientSummary | null> {
  const id = await findKnownContact(tx, contact, rights);
  const row = id === null ? undefined : await findClient(tx, 'contact', id);
  return row === undefined
    ? null
    : { kind: 'contact', id: row.id, name: row.name, emails: row.emails, phones: row.phones };
}
