import { isKept } from '@signalbox/automation/kit/settings/outside-fields.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { ruleByKey } from '@signalbox/automation/rules/index.ts';
import { originOf } from '@signalbox/automation/rules/outside/webhook.ts';
import type { Config } from '../../platform/config/config.ts';
import type { Tx } from '../../platform/db.ts';
import { type FieldError, invalid } from '../../platform/errors.ts';
import { listRuleSecrets, type RuleSecret, setOrigin } from '../kept/rule-secrets.store.ts';
import { keepSecret } from './rule-vault.ts';

interface Keeping {
  readonly config: Pick<Config, 'dataDir'>;
  readonly workspaceId: number;
  readonly byId: number | null;
  readonly now: Date;
}

/** A secret of a rule, where it stands in the file, and for whom it is. */
interface Place {
  readonly path: string;
  readonly text: string;
  readonly origin: string | null;
  readonly signs: boolean;
}

/** The fewest bytes that a signature by the Standard Webhooks rules is made with. */
const LEAST_SIGNING = 24;

/**
 * A board's file with every secret kept apart: what is saved, exported, compared and shown holds only where. One that is kept already
 * stays at the address that it was given for. Throws UserError for one that is gone, and for one that would go elsewhere.
 */
export async function keepSecretsOfBoard(tx: Tx, keeping: Keeping, raw: unknown): Promise<unknown> {
  const places = listPlaces(raw);
  if (places.length === 0) return raw;
  const known = await listRuleSecrets(tx, places.map(({ text }) => text).filter(isKept));
  const errors = places.flatMap((place) => problemOf(place, known.get(place.text)) ?? []);
  if (errors.length > 0) throw invalid(errors);
  const kept = new Map<string, string>();
  for (const place of places) {
    if (!isKept(place.text)) kept.set(place.path, await keepSecret(tx, keeping.config, { ...keeping, ...place }));
    else if (place.origin !== null) await setOrigin(tx, place.text, place.origin);
  }
  return withKept(raw, kept);
}

function problemOf({ path, text, origin, signs }: Place, known: RuleSecret | undefined): FieldError | null {
  if (!isKept(text))
    return !signs || secretBytes(text) >= LEAST_SIGNING
      ? null
      : { path, code: 'signing-secret', message: `Expected a secret of at least ${LEAST_SIGNING} bytes` };
  if (known === undefined) return { path, code: 'secret-gone', message: 'This secret is not kept here; give it again' };
  if (known.origin === null || known.origin === origin) return null;
  const message = `This secret was given for ${known.origin}; for another address give it again`;
  return { path, code: 'secret-elsewhere', message, params: { origin: known.origin } };
}

function secretBytes(text: string): number {
  return text.startsWith('whsec_') ? Buffer.from(text.slice(6), 'base64').length : Buffer.byteLength(text);
}

function listPlaces(raw: unknown): readonly Place[] {
  const rules: readonly unknown[] = isRecord(raw) && Array.isArray(raw.rules) ? raw.rules : [];
  return rules.flatMap((rule, index) => (isRecord(rule) ? placesOf(rule, `rules[${index}].settings`) : []));
}

function placesOf(rule: Readonly<Record<string, unknown>>, at: string): readonly Place[] {
  const { settings } = rule;
  const fields = ruleByKey(String(rule.do))?.fields;
  if (!isRecord(settings) || fields === undefined) return [];
  const origin = typeof settings.url === 'string' ? originOf(settings.url) : null;
  return Object.entries(fields).flatMap(([name, { control }]): readonly Place[] => {
    const value = settings[name];
    if (control === 'keptSecret' && typeof value === 'string' && value !== '')
      return [{ path: `${at}.${name}`, text: value, origin, signs: true }];
    if (control !== 'headers' || !Array.isArray(value)) return [];
    return value.flatMap((header: unknown, index) =>
      isRecord(header) && header.secret === true && typeof header.value === 'string' && header.value !== ''
        ? [{ path: `${at}.${name}[${index}].value`, text: header.value, origin, signs: false }]
        : [],
    );
  });
}

/** The same file with the texts at these paths replaced. */
function withKept(value: unknown, kept: ReadonlyMap<string, string>, path = ''): unknown {
  const found = kept.get(path);
  if (found !== undefined) return found;
  if (Array.isArray(value)) return value.map((one, index) => withKept(one, kept, `${path}[${index}]`));
  if (!isRecord(value)) return value;
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withKept(one, kept, at(name))]));
}
