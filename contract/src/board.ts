import { z } from 'zod';
import { id, itemType, person, stageKind, time } from './common.ts';

export const card = z.object({
  id,
  title: z.string(),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  stage: z.string(),
  client: z.object({ kind: z.enum(['contact', 'company']), id, name: z.string() }).nullable(),
  responsible: person.nullable(),
  lastActivity: z.object({ kind: z.string(), at: time, text: z.string() }).nullable(),
  waitingRuns: z.int(),
  movedAt: time,
  movedBy: z.object({ trigger: z.string().nullable(), person: person.nullable() }).nullable(),
});
export type Card = z.infer<typeof card>;

const stage = z.object({ id, code: z.string(), name: z.string(), kind: stageKind, color: z.string() });
export const boardColumn = z.object({
  stage,
  count: z.int(),
  sums: z.array(z.object({ currency: z.string().nullable(), amount: z.number() })),
  items: z.array(card),
  nextCursor: z.string().nullable(),
});
export type BoardColumn = z.infer<typeof boardColumn>;
export const board = z.object({
  pipeline: z.object({ id, type: itemType, name: z.string() }),
  columns: z.array(boardColumn),
});
export type Board = z.infer<typeof board>;

export const boardParams = z.strictObject({ pipeline: z.string().min(1) });
export const columnParams = z.strictObject({ pipeline: z.string().min(1), stage: z.string().min(1) });
const search = {
  limit: z.coerce.number<string>().int().min(1).max(200).default(30),
  q: z.string().max(200).optional(),
  responsible: z.string().max(320).optional(),
};
/** `type` tells pipelines of the same name apart. */
export const boardQuery = z.strictObject({ ...search, type: itemType.optional() });
export const columnQuery = z.strictObject({
  ...search,
  type: itemType.optional(),
  cursor: z.string().max(500).optional(),
});
export const columnPage = z.object({ data: z.array(card), nextCursor: z.string().nullable() });
