import { z } from 'zod';
import type { Reference } from './fields.ts';
import type { Setting } from './setting.ts';

/** Whose pipelines are meant: those of the item's own type, of deals, or of the type in the setting `type` beside it. */
export type WhosePipelines = 'own' | 'deal' | 'chosen';

const plain = { choices: [], template: false, multiple: false } as const;

/** Another pipeline, by id or name. */
export function pipeline(of: WhosePipelines): Setting<Reference, never> {
  const schema = z.union([z.int().positive(), z.string().trim().min(1)]);
  return { ...plain, control: 'pipeline', required: true, default: undefined, schema, of, mapTexts: (value) => value };
}

/** A stage, by its code, of the pipeline in the setting `pipeline` beside it; null: its first one. */
export function stageThere(of: WhosePipelines): Setting<string | null, never> {
  const schema = z.string().min(1).nullable();
  return { ...plain, control: 'stageThere', required: false, default: null, schema, of, mapTexts: (value) => value };
}
