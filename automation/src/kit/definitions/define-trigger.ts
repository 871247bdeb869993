import type { PayloadOf, SignalKind } from '../../signals/index.ts';
import type { ItemFacts, SignalFacts, WorkspaceFacts } from '../facts.ts';
import type { TriggerGroup } from '../settings/groups.ts';
import { moved, type Problem } from '../settings/problems.ts';
import type { Fields, SettingsOf } from '../settings/setting.ts';
import { settingsParser } from '../settings/settings.ts';
import type { DefinitionStrings, TriggerStrings } from '../settings/strings.ts';
import { isRecord } from '../values/values.ts';

/** Why the settings refuse a signal: which one, what it wants, what came (semantics.md 3.2). */
export interface Refusal {
  readonly setting: string;
  readonly wanted: unknown;
  readonly got: unknown;
}
export type Match = true | Refusal;

export interface Heard {
  readonly signal: SignalFacts;
  readonly item: ItemFacts;
  readonly workspace: WorkspaceFacts;
}

export interface TriggerSpec<K extends SignalKind, F extends Fields> {
  /** `family/name`, the path of its file; stored, never renamed. */
  readonly key: string;
  /** A Lucide icon. */
  readonly icon: string;
  readonly group: TriggerGroup;
  readonly on: K | readonly K[];
  readonly fields: F;
  readonly strings: TriggerStrings<F>;
  /** Settings that parse, shown in the documentation. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Whether the settings want this signal. Pure. */
  matches(payload: PayloadOf<K>, settings: SettingsOf<F>, heard: Heard): Match;
  /** Said as well when `matches` first asks whether a setting is exactly what came: a thousand triggers are then looked up, not asked. */
  readonly equals?: { readonly setting: keyof F & string; got(payload: PayloadOf<K>): unknown };
  /** Given by triggers that leave out machines unless asked (semantics.md 9.1). */
  countsMachines?(settings: SettingsOf<F>): boolean;
}

/** A trigger's settings, read once and bound to its questions. */
export interface Listener {
  readonly settings: Readonly<Record<string, unknown>>;
  matches(heard: Heard): Match;
  /** Null: this trigger does not tell machines from people. */
  readonly countsMachines: boolean | null;
}

export type ListenerResult =
  | { readonly ok: true; readonly listener: Listener }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface TriggerDefinition {
  readonly key: string;
  readonly icon: string;
  readonly group: TriggerGroup;
  readonly on: readonly SignalKind[];
  readonly fields: Fields;
  readonly strings: DefinitionStrings;
  readonly example: Readonly<Record<string, unknown>>;
  /** A setting that has to be exactly what came, asked before everything else. */
  readonly equals?: { readonly setting: string; got(payload: unknown): unknown };
  /** Reads saved settings; problems carry paths that start with `settings`. */
  bind(raw: unknown): ListenerResult;
}

/** A kind of trigger: what it listens to, what may be set up, when it fires (triggers.md). */
export function defineTrigger<const K extends SignalKind, F extends Fields>(
  spec: TriggerSpec<K, F>,
): TriggerDefinition {
  const parse = settingsParser(spec.fields);
  const { key, icon, group, fields, strings, example } = spec;
  return {
    key,
    icon,
    group,
    fields,
    strings,
    example,
    on: kindsOf(spec.on),
    ...equalsOf(spec),
    bind(raw) {
      const parsed = parse(raw);
      return parsed.ok
        ? { ok: true, listener: listen(spec, parsed.settings) }
        : { ok: false, problems: moved(parsed.problems, ['settings']) };
    },
  };
}

function equalsOf<K extends SignalKind, F extends Fields>({ equals }: TriggerSpec<K, F>) {
  if (equals === undefined) return {};
  const got = (payload: unknown) => (isTrusted<K>(payload) ? equals.got(payload) : undefined);
  return { equals: { setting: equals.setting, got } };
}

function kindsOf<K extends SignalKind>(on: K | readonly K[]): readonly K[] {
  return typeof on === 'string' ? [on] : on;
}

function listen<K extends SignalKind, F extends Fields>(spec: TriggerSpec<K, F>, settings: SettingsOf<F>): Listener {
  return {
    settings,
    countsMachines: spec.countsMachines?.(settings) ?? null,
    matches(heard) {
      const { payload } = heard.signal;
      if (!isTrusted<K>(payload)) return { setting: 'payload', wanted: 'an object', got: payload };
      return spec.matches(payload, settings, heard);
    },
  };
}

/** Payloads were checked against their kind's schema at the door, and a listener is only asked about kinds it listens to. */
function isTrusted<K extends SignalKind>(payload: unknown): payload is PayloadOf<K> {
  return isRecord(payload);
}
