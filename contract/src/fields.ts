import { fieldKinds } from '@signalbox/automation/kit/values/values.ts';
import { z } from 'zod';
import { heldBack, id, itemType, listOf, name, shortPageQuery } from './common.ts';

export const fieldKind = z.enum(fieldKinds);
/** An item type, `contact` or `company`. */
export const fieldOwner = itemType;
export const fieldOption = z.object({ value: z.string(), name: z.string() });
/** What a field of the kind `client` keeps: `contact:5` or `company:7`. */
export const clientRefText = z.string().regex(/^(contact|company):[1-9]\d{0,14}$/);

/** The contact or company that a value of a `client` field names; undefined when it names none. */
export function parseClientRef(value: unknown): { kind: 'contact' | 'company'; id: number } | undefined {
  const text = clientRefText.safeParse(value).data;
  if (text === undefined) return undefined;
  const [kind, id] = text.split(':');
  return { kind: kind === 'company' ? 'company' : 'contact', id: Number(id) };
}

export const fieldCode = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Letters, digits and _, beginning with a letter or _, at most 64');

/** Standard and custom fields, as GET /fields lists them. */
export const field = z.object({
  type: fieldOwner,
  code: z.string(),
  name: z.string(),
  kind: fieldKind,
  multiple: z.boolean(),
  options: z.array(fieldOption),
  custom: z.boolean(),
  readOnly: z.boolean(),
  /** What the caller's roles hold back of it; a field that they hide is listed only for who edits automation or settings. */
  limit: heldBack.nullable(),
  /** Codes of the stages on which a person may not put an item without it. */
  requiredStages: z.array(z.string()),
  /** The same stages by their ids: a code is a stage's name within its pipeline only. */
  requiredStageIds: z.array(id),
});
export type Field = z.infer<typeof field>;
export const fields = listOf(field);
export const fieldsQuery = z.strictObject({ ...shortPageQuery, type: fieldOwner.optional() });

const option = z.union([
  name.transform((text) => ({ value: text, name: text })),
  z.strictObject({ value: name, name }),
]);

export const fieldBody = z.strictObject({
  type: fieldOwner,
  code: fieldCode,
  name,
  kind: fieldKind,
  multiple: z.boolean().default(false),
  options: z.array(option).max(500).default([]),
  /** Ids of stages. */
  requiredStages: z.array(z.int().positive()).max(200).default([]),
});
export type FieldBody = z.input<typeof fieldBody>;

export const fieldParams = z.strictObject({ type: fieldOwner, code: fieldCode });
/** What is left out stays; the kind of a field and its code never change. */
export const fieldPatch = z.strictObject({
  name: name.optional(),
  options: z.array(option).max(500).optional(),
  requiredStages: z.array(z.int().positive()).max(200).optional(),
  /** From one value to several; never back. */
  multiple: z.literal(true).optional(),
});
export type FieldPatch = z.input<typeof fieldPatch>;

export const fieldOrderParams = z.strictObject({ type: fieldOwner });
/** All custom fields of the type by their codes, in the order of forms and lists. */
export const fieldOrder = z.strictObject({ codes: z.array(fieldCode).max(1_000) });

/** What would miss a field. */
export const fieldUse = z.object({
  /** Items or clients that have a value. */
  records: z.int(),
  /** How many have each option. */
  options: z.array(z.object({ value: z.string(), records: z.int() })),
  /** Names of the pipelines whose automation names the field. */
  pipelines: z.array(z.string()),
});
export type FieldUse = z.infer<typeof fieldUse>;
