import { z } from 'zod';
import { amount, currency, name, personRef, pipelineRef } from './common.ts';
import { clientSummary, item } from './items.ts';

const address = z.string().trim().min(1).max(320);

/** A contact that a conversion makes, unless somebody with one of these addresses is there already. */
export const contactOfLead = z.strictObject({
  name,
  emails: z.array(address).max(10).default([]),
  phones: z.array(address).max(10).default([]),
});

/** GET /items/:id/conversion: what a conversion would make of a lead, to be looked at and changed first. */
export const conversionPlan = z.object({
  /** Deals that were made of it already: a second conversion answers with the first of them. */
  deals: z.array(item),
  /** The contact to make; null when the lead has one. */
  contact: z.object({ name: z.string(), emails: z.array(z.string()), phones: z.array(z.string()) }).nullable(),
  /** Who has one of these addresses already: they are taken instead of making another. */
  known: clientSummary.nullable(),
  /** The won stage to which the lead goes; null when its pipeline has none. */
  stage: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** By code of the deal's field, the lead's field from which it is filled: those of the same code and kind. */
  fields: z.record(z.string(), z.string()),
});
export type ConversionPlan = z.infer<typeof conversionPlan>;

/** Left out: the lead's own title, amount and responsible; the first deal pipeline; the fields of the same code; no new client. */
export const convertBody = z.strictObject({
  title: name.optional(),
  pipeline: pipelineRef.optional(),
  stage: z.string().min(1).max(50).optional(),
  amount: amount.nullish(),
  currency: currency.nullish(),
  responsible: personRef.nullish(),
  contact: contactOfLead.nullish(),
  company: z.strictObject({ name }).nullish(),
  /** By code of the deal's field, the code of the lead's. */
  fields: z.record(z.string().max(64), z.string().max(64)).optional(),
});
export type ConvertBody = z.input<typeof convertBody>;

/** 201 with the new deal; 200 with the one that had been made before. */
export const converted = z.object({ created: z.boolean(), deal: item, lead: item });
export type Converted = z.infer<typeof converted>;
