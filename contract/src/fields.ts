import { fieldKinds } from '@signalbox/automation/kit/values.ts';
import { z } from 'zod';
import { itemType, listOf, name, shortPageQuery } from './common.ts';

export const fieldKind = z.enum(fieldKinds);
/** An item type, `contact` or `company`. */
export const fieldOwner = itemType;
export const fieldOption = z.object({ value: z.string(), name: z.string() });
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
  /** Codes of the stages on which a person may not put an item without it. */
  requiredStages: z.array(z.string()),
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
