import { findChannelDefinition, providersOf } from '@signalbox/automation/channels/index.ts';
import type { ChannelDefinition } from '@signalbox/automation/kit/definitions/define-channel.ts';
import type { Problem } from '@signalbox/automation/kit/settings/problems.ts';
import type { ChannelKind, ChannelKinds } from '@signalbox/contract/channels/channels.ts';
import { z } from 'zod';
import { type FieldError, invalid } from '../platform/errors.ts';
import { invalidAt, pathText } from '../platform/http/field-errors.ts';

/** Lists and what stands in them too: a secret is always plain. */
export type SettingValue = z.infer<typeof settingValue>;
export const settingValue = z.json();

type Secret = string | number | boolean | null;

export interface CheckedSettings {
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly secrets: Readonly<Record<string, Secret>>;
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
  const definition = findChannelDefinition(kind, provider);
  if (definition === undefined) {
    const known = providersOf(kind).map((one) => one.provider);
    throw invalidAt('provider', 'unknown-provider', `A ${kind} has one of these providers: ${known.join(', ')}`);
  }
  const fields = { ...definition.fields, ...definition.ties };
  const known = Object.entries({ ...earlier?.settings, ...earlier?.secrets }).filter(([name]) => name in fields);
  const parsed = definition.parse({ ...Object.fromEntries(known), ...settings });
  if (!parsed.ok) throw invalid(parsed.problems.map(fieldError));

  const namesOf = (secret: boolean) =>
    Object.keys(fields).filter((name) => (fields[name]?.control === 'secret') === secret);
  return {
    settings: Object.fromEntries(namesOf(false).map((name) => [name, stored(parsed.settings[name])])),
    secrets: Object.fromEntries(namesOf(true).map((name) => [name, primitive.parse(stored(parsed.settings[name]))])),
  };
}

interface Change {
  readonly given: Readonly<Record<string, unknown>>;
  readonly settings: CheckedSettings['settings'];
}

/**
 * 422 when the settings lead somewhere else and a kept secret would go along unseen: whoever may change the host, or take the encryption
 * away, must not learn the password by it.
 */
export function checkSecretsGivenAgain(earlier: CheckedSettings, { given, settings }: Change): void {
  const leadsElsewhere = Object.keys(settings).some(
    (name) => /(Host|Security|Login|Certificate|Url)$/.test(name) && settings[name] !== earlier.settings[name],
  );
  if (!leadsElsewhere) return;
  const kept = Object.keys(earlier.secrets).find((name) => earlier.secrets[name] !== null && given[name] === undefined);
  if (kept === undefined) return;
  throw invalidAt(`settings.${kept}`, 'secret-again', 'This goes to another server now: give the secret again');
}

/** The settings as the API tells them (interfaces.md, `GET /channels/kinds`). */
export function describeSettings({ fields, ties }: ChannelDefinition): ChannelSettings {
  return Object.entries({ ...fields, ...ties }).map(([code, field]) => ({
    code,
    control: field.control === 'employee' ? 'person' : field.control,
    required: field.required,
    default: stored(field.default),
    options: [...field.choices],
  }));
}

type ChannelSettings = ChannelKinds['data'][number]['providers'][number]['settings'];

const primitive = z.union([z.string(), z.number(), z.boolean(), z.null()]);

// An empty text is none, as it is stored and as the API answers it.
function stored(value: unknown): SettingValue {
  return value === undefined || value === '' ? null : settingValue.parse(value);
}

function fieldError({ path, code, message }: Problem): FieldError {
  return { path: pathText(['settings', ...path]), code, message };
}
