import { z } from 'zod';
import type { FieldValue } from '../values/values.ts';
import { type FieldChangeSetting, fieldChanges, fieldValue, mapFieldValue } from './field-values.ts';
import type { Reference } from './fields.ts';
import type { Setting } from './setting.ts';

/** Whose pipelines are meant: those of the item's own type, of deals, or of the type in the setting `type` beside it. */
type WhosePipelines = 'own' | 'deal' | 'chosen';

const plain = { choices: [], template: false, multiple: false } as const;

const pipelineRef = z.union([z.int().positive(), z.string().trim().min(1)]);

/** Another pipeline, by id or name. */
export function pipeline(of: WhosePipelines): Setting<Reference, never> {
  const mapTexts = (value: Reference) => value;
  return { ...plain, control: 'pipeline', required: true, default: undefined, schema: pipelineRef, of, mapTexts };
}

/** The same; null: the type's first one. */
export function pipelineOrFirst(of: WhosePipelines): Setting<Reference | null, never> {
  const schema = pipelineRef.nullable();
  return { ...plain, control: 'pipeline', required: false, default: null, schema, of, mapTexts: (value) => value };
}

/** A stage, by its code, of the pipeline in the setting `pipeline` beside it; null: its first one. */
export function stageThere(of: WhosePipelines): Setting<string | null, never> {
  const schema = z.string().min(1).nullable();
  return { ...plain, control: 'stageThere', required: false, default: null, schema, of, mapTexts: (value) => value };
}

/** A type of item, by its code. */
export function itemType(): Setting<string, never> {
  const schema = z.string().trim().min(1).max(64);
  const mapTexts = (value: string) => value;
  return { ...plain, control: 'itemType', required: true, default: undefined, schema, of: null, mapTexts };
}

/** A field of what is made, and where its value comes from: a field of the item as it is, or a value or template. */
type MappedField =
  | { readonly field: string; readonly from: string }
  | { readonly field: string; readonly value: FieldValue };

const code = z.string().min(1).max(64);
const mappedField: z.ZodType<MappedField> = z.union([
  z.strictObject({ field: code, from: code }),
  z.strictObject({ field: code, value: fieldValue }),
]);

/** How the fields of an item of the type in the setting `type` beside it are filled. */
export function fieldMapping(): Setting<readonly MappedField[], never> {
  return {
    ...{ control: 'fieldMapping', required: false, default: [], choices: [], of: null, template: true, multiple: true },
    schema: z.array(mappedField).max(200),
    mapTexts: (rows, map) =>
      rows.map((row) => ('from' in row ? row : { ...row, value: mapFieldValue(row.value, map) })),
  };
}

/** New values for fields of the contact or company that the setting `client` beside it means. */
export function clientChanges(): Setting<readonly FieldChangeSetting[], never> {
  return { ...fieldChanges(), control: 'clientChanges' };
}
