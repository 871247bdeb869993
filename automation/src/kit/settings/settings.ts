import { z } from 'zod';
import { type Problem, problemsOf } from './problems.ts';
import type { Fields, MapText, Setting, SettingsOf } from './setting.ts';

export type Parsed<T> =
  | { readonly ok: true; readonly settings: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads saved settings: known keys only, `null` or nothing gives the default, required ones must be there. */
export function settingsParser<F extends Fields>(fields: F): (raw: unknown) => Parsed<SettingsOf<F>> {
  const schema = z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, saved(field)])),
  );
  return (raw) => {
    const parsed = schema.safeParse(raw ?? {});
    if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) };
    if (isSettings(fields, parsed.data)) return { ok: true, settings: parsed.data };
    return { ok: false, problems: [{ path: [], code: 'type', message: 'Expected settings' }] };
  };
}

/** Whether a value came out of `settingsParser` of the same fields. */
export function isSettings<F extends Fields>(fields: F, value: unknown): value is SettingsOf<F> {
  return typeof value === 'object' && value !== null && Object.keys(fields).every((name) => name in value);
}

/** Every template in the settings put through `map`; the others stay as they are. */
export function mapSettings<F extends Fields>(
  fields: F,
  settings: SettingsOf<F>,
  map: (name: string) => MapText,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.mapTexts(settings[name], map(name))]),
  );
}

function saved(field: Setting): z.ZodType {
  const initial = field.default;
  if (initial === undefined) return field.schema;
  return z.preprocess((given) => given ?? initial, field.schema);
}
