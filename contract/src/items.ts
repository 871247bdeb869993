import { z } from 'zod';
import {
  amount,
  currency,
  id,
  itemType,
  listOf,
  name,
  pageQuery,
  person,
  personRef,
  pipelineRef,
  stageKind,
  time,
} from './common.ts';

const values = z.record(z.string(), z.json());
const money = { amount: amount.nullish(), currency: currency.nullish() };
const clients = { contact: id.nullish(), company: id.nullish() };

/** POST /items. Left out: the type's first pipeline, its first stage, the caller as responsible (interfaces.md, HTTP). */
export const itemBody = z.strictObject({
  type: itemType,
  title: name,
  pipeline: pipelineRef.optional(),
  stage: z.string().min(1).max(50).optional(),
  ...money,
  responsible: personRef.nullish(),
  observers: z.array(personRef).max(100).optional(),
  ...clients,
  parent: id.nullish(),
  fields: values.optional(),
});
export type ItemBody = z.infer<typeof itemBody>;

// The one that the item has may be sent back, whatever it is; a new one is checked as everywhere (automation/moves/item-body.ts).
const currencyAgain = z.string().max(20).describe('An ISO 4217 code like EUR, or what the item has already');

/** PATCH /items/:id. One save is one signal; a stage in it moves first (semantics.md 4). */
export const itemPatch = z.strictObject({
  title: name.optional(),
  pipeline: pipelineRef.optional(),
  stage: z.string().min(1).max(50).optional(),
  ...{ amount: money.amount, currency: currencyAgain.nullish() },
  responsible: personRef.nullish(),
  observers: z.array(personRef).max(100).optional(),
  ...clients,
  fields: values.optional(),
  /** The `updatedAt` that was read: somebody else's later save answers 409 instead of being lost. */
  expectedUpdatedAt: time.optional(),
});
export type ItemPatch = z.infer<typeof itemPatch>;

export const clientSummary = z.object({
  kind: z.enum(['contact', 'company']),
  id,
  name: z.string(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
});
export type ClientSummary = z.infer<typeof clientSummary>;

/** `pipeline`, `contact`, `company` and `parent` are ids; `stage` is the code. */
export const item = z.object({
  id,
  type: itemType,
  title: z.string(),
  pipeline: id,
  pipelineName: z.string(),
  stage: z.string(),
  stageName: z.string(),
  stageKind,
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  responsible: person.nullable(),
  creator: person.nullable(),
  observers: z.array(person),
  contact: id.nullable(),
  company: id.nullable(),
  /** The company and the contact in full, the company first. */
  clients: z.array(clientSummary),
  parent: id.nullable(),
  fields: values,
  createdAt: time,
  updatedAt: time,
  movedAt: time,
});
export type Item = z.infer<typeof item>;
export const items = listOf(item);

/** What a list can be in the order of. */
export const itemSorts = ['title', 'amount', 'createdAt', 'updatedAt', 'movedAt'] as const;
export type ItemSort = (typeof itemSorts)[number];

const itemsWanted = {
  type: itemType.optional(),
  pipeline: z.string().max(200).optional(),
  stage: z.string().max(50).optional(),
  responsible: z.string().max(320).optional(),
  q: z.string().max(200).optional(),
  /** The `when` grammar of the automation file as JSON. */
  filter: z.string().max(20_000).optional(),
  /** Descending with - in front; newest first when left out. */
  sort: z.enum(itemSorts.flatMap((sort) => [sort, `-${sort}` as const])).optional(),
};
export const itemsQuery = z.strictObject({
  ...pageQuery,
  ...itemsWanted,
  /**
   * What was changed since: empty at first, then the `nextCursor` of the answer before, which is always there. No change is missed and
   * none told twice, whatever was under way; deleted items are not told. Not with `sort`, `filter` or `cursor`.
   */
  changedSince: z.string().max(500).optional(),
});
/** The same items as a CSV file. */
export const itemsCsvQuery = z.strictObject(itemsWanted);

export const moveBody = z.strictObject({ stage: z.string().min(1).max(50), pipeline: pipelineRef.optional() });
export type MoveBody = z.infer<typeof moveBody>;

const place = z.object({ pipeline: id, stage: z.string() });
/** 201 of POST /items/:id/moves. */
export const move = z.object({
  id,
  item: id,
  from: place,
  to: place,
  trigger: z.string().nullable(),
  signal: id.nullable(),
  by: person.nullable(),
  at: time,
});
export type Move = z.infer<typeof move>;
/** 200: the item stands there already. */
export const notMoved = z.object({ moved: z.literal(false) });
