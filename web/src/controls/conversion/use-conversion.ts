import type { ConversionPlan, ConvertBody } from '@signalbox/contract/conversion.ts';
import type { Item } from '@signalbox/contract/items.ts';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useState } from 'react';
import { firstPlace } from '../pipelines/pipeline-place.tsx';

/** What is filled in before a lead is converted. */
export interface ConversionForm {
  readonly title: string;
  readonly place: { readonly pipeline: number; readonly stage: string };
  readonly amount: number | string;
  readonly responsible: string | null;
  /** Null: none is made. */
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string } | null;
  readonly company: string | null;
  /** By code of the lead's field, the deal's. */
  readonly fields: Readonly<Record<string, string>>;
}

interface Given {
  readonly lead: Item;
  readonly plan: ConversionPlan;
  readonly pipelines: readonly Pipeline[];
}

export function useConversionForm(given: Given) {
  const [form, setForm] = useState<ConversionForm>(() => beginning(given));
  const change = (part: Partial<ConversionForm>) => setForm((before) => ({ ...before, ...part }));
  return { form, change, body: bodyOf(form, given.lead) };
}

function beginning({ lead, plan, pipelines }: Given): ConversionForm {
  const { contact } = plan;
  return {
    title: lead.title,
    place: firstPlace(pipelines[0]),
    amount: lead.amount ?? '',
    responsible: lead.responsible === null ? null : String(lead.responsible.id),
    contact: contact === null || lead.company !== null ? null : contactForm(plan),
    company: null,
    fields: Object.fromEntries(Object.entries(plan.fields).map(([to, from]) => [from, to])),
  };
}

export function contactForm({ contact }: ConversionPlan) {
  return { name: contact?.name ?? '', email: contact?.emails[0] ?? '', phone: contact?.phones[0] ?? '' };
}

/** Who becomes the contact instead of a new one, as far as is known: of other addresses only the server knows. */
export function knownContact({ known, ...plan }: ConversionPlan, { contact }: ConversionForm) {
  if (known === null || contact === null) return null;
  const { email, phone } = contactForm({ known, ...plan });
  return contact.email === email && contact.phone === phone ? known : null;
}

function bodyOf(form: ConversionForm, lead: Item): ConvertBody {
  const { title, place, amount, responsible, contact, company, fields } = form;
  return {
    ...{ title, ...place, currency: lead.currency },
    // Left as it was it goes along by itself, seen or not.
    ...(amount !== (lead.amount ?? '') && { amount: amount === '' ? null : Number(amount) }),
    responsible: responsible === null ? null : Number(responsible),
    contact: contact && {
      name: contact.name,
      emails: filled(contact.email),
      phones: filled(contact.phone),
    },
    company: company === null ? null : { name: company },
    fields: Object.fromEntries(Object.entries(fields).map(([from, to]) => [to, from])),
  };
}

const filled = (text: string) => (text.trim() === '' ? [] : [text.trim()]);
