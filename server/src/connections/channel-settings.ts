import type { ChannelKind } from '@signalbox/contract/channels/channels.ts';
import { z } from 'zod';
import { type ChannelSetting, channelKinds, settingsOf } from '../channels/channel-kinds.ts';
import type { FieldError } from '../platform/errors.ts';
import { invalid } from '../platform/errors.ts';
import { fieldErrors, invalidAt } from '../platform/http/field-errors.ts';

export type SettingValue = string | number | boolean | null;

export interface CheckedSettings {
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly secrets: Readonly<Record<string, SettingValue>>;
}

interface Given {
  readonly kind: ChannelKind;
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the channel has already; what is given replaces it key by key. */
  readonly earlier?: CheckedSettings;
}

/** Every setting by name, the left-out ones at their default; secrets apart. Throws UserError with `settings.<code>`. */
export function checkChannelSettings({ kind, provider, settings, earlier }: Given): CheckedSettings {
  const specs = settingsOf(kind, provider);
  if (specs === undefined) {
    const known = Object.keys(channelKinds[kind]).join(', ');
    throw invalidAt('provider', 'unknown-provider', `A ${kind} has one of these providers: ${known}`);
  }
  const known = { ...earlier?.settings, ...earlier?.secrets };
  const errors = problems(specs, settings, known);
  if (errors.length > 0) throw invalid(errors);

  const values = specs.map((spec) => [spec, value(spec, settings[spec.code] ?? known[spec.code])] as const);
  const pick = (secret: boolean) =>
    Object.fromEntries(
      values.filter(([{ control }]) => (control === 'secret') === secret).map(([{ code }, one]) => [code, one]),
    );
  return { settings: pick(false), secrets: pick(true) };
}

function problems(
  specs: readonly ChannelSetting[],
  settings: Readonly<Record<string, unknown>>,
  known: object,
): FieldError[] {
  const shape = Object.fromEntries(specs.map((spec) => [spec.code, schemaOf(spec, spec.code in known)]));
  const parsed = z.strictObject(shape).safeParse(settings);
  return parsed.success ? [] : fieldErrors(parsed.error, ['settings']);
}

function schemaOf({ schema, required }: ChannelSetting, isKnown: boolean): z.ZodType {
  if (required) return isKnown ? schema.optional() : schema;
  return schema.nullish();
}

const primitive = z.union([z.string(), z.number(), z.boolean(), z.null()]);

function value(spec: ChannelSetting, given: unknown): SettingValue {
  if (given === undefined || given === null || given === '') return spec.default;
  return primitive.parse(spec.schema.parse(given));
}
