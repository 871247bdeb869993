import type { SignalKind } from '../../signals/index.ts';
import type { RunFacts } from '../facts.ts';
import type { RuleGroup } from '../settings/groups.ts';
import { moved, type Problem } from '../settings/problems.ts';
import type { Fields, SettingsOf } from '../settings/setting.ts';
import { isSettings, type Parsed, settingsParser } from '../settings/settings.ts';
import type { DefinitionStrings, RuleStrings } from '../settings/strings.ts';
import { renderSettings } from '../templates/render-settings.ts';
import type { FieldKind, Instant } from '../values/values.ts';
import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';
import type { Awaited } from './awaiting.ts';
import type { DeedKind } from './deeds.ts';
import type { Ports } from './ports.ts';

export interface RunInfo {
  readonly ruleId: string;
  readonly visitId: number;
  readonly now: Instant;
  /** Its own moment; now, unless it is late or was asked for by a person. */
  readonly at: Instant;
  /** From when its time is counted: the entry, or the end of the rule above. */
  readonly since: Instant;
  readonly hours: readonly ('company' | 'responsible')[];
  /** A person did not want to wait for its moment. */
  readonly asked: boolean;
}

export interface RunScope<U extends keyof Ports> {
  readonly ports: Pick<Ports, U>;
  readonly facts: RunFacts;
  readonly run: RunInfo;
}

/** What a run is given: all the ports that there are. */
export interface Running {
  readonly ports: Partial<Ports>;
  readonly facts: RunFacts;
  readonly run: RunInfo;
}

/** What holds a run until something has happened (semantics.md 5.9). */
export type HeldBy = 'condition' | 'task' | 'answer';

/** What a rule gives that goes on later: its run waits, and `resume` is asked once it is woken. */
export class Held {
  readonly waitingFor: HeldBy;
  /** What is known already; handed to `resume`. */
  readonly result: Readonly<Record<string, unknown>>;
  /** When it is looked at even if nothing has happened; null: never. */
  readonly dueAt: Instant | null;

  constructor(waitingFor: HeldBy, result: Readonly<Record<string, unknown>>, dueAt: Instant | null) {
    this.waitingFor = waitingFor;
    this.result = result;
    this.dueAt = dueAt;
  }
}

export function hold(
  waitingFor: HeldBy,
  result: Readonly<Record<string, unknown>>,
  dueAt: Instant | null = null,
): Held {
  return new Held(waitingFor, result, dueAt);
}

/** What a rule may set in motion, for the board's check of cycles (semantics.md 7). */
export type Cause =
  | { readonly stage: string }
  /** A stage of another pipeline, which is named by its id or name. */
  | { readonly pipeline: number | string }
  /** The first won stage of the pipeline, unless the item stands on a won one. */
  | { readonly won: true }
  | { readonly kind: SignalKind; readonly payload: Readonly<Record<string, unknown>> };

export type OutputKinds = Readonly<Record<string, FieldKind>>;
type OutputsOf<O extends OutputKinds> = { readonly [K in keyof O]: unknown };

export interface RuleSpec<F extends Fields, U extends keyof Ports, O extends OutputKinds> {
  readonly key: string;
  readonly icon: string;
  readonly group: RuleGroup;
  /** Whether what it does reaches the item's client as a message; rehearsals count these (semantics.md 9). */
  readonly writesToClients: boolean;
  /** The types of item on whose boards it stands; left out: every one. */
  readonly only?: readonly string[];
  /** Only these ports reach `run`. */
  readonly uses: readonly U[];
  /**
   * What a run of it leaves behind, so what its undo takes back, or says that it can't (docs/undo.md). Nothing at all: `[]`. A port
   * that leaves anything else fails the run.
   */
  readonly leaves: readonly DeedKind[];
  readonly fields: F;
  /** What later rules of the visit may use as `rules.<id>.<name>`. */
  readonly outputs: O;
  readonly strings: RuleStrings<F, O>;
  readonly example: Readonly<Record<string, unknown>>;
  /** Further outputs that the settings name. */
  givesMore?(settings: SettingsOf<F>): readonly string[];
  causes?(settings: SettingsOf<F>): readonly Cause[];
  /** Whether such a run may be held, so that nobody knows when it ends. */
  holds?(settings: SettingsOf<F>): boolean;
  /** What such a run waits for, if that is a condition over the item: asked again whenever the item changes. */
  awaits?(settings: SettingsOf<F>): Awaited | null;
  /** Whether it means nothing without a time, so that one has to be set. */
  needsTime?(settings: SettingsOf<F>): boolean;
  /** What no single setting can check. */
  check?(settings: SettingsOf<F>): readonly Problem[];
  /** Settings come with their templates rendered. Throws `Impossible` with a reason when it can't be done. */
  run(settings: SettingsOf<F>, scope: RunScope<U>): Promise<OutputsOf<O> | Held>;
  /**
   * Of a rule that may be held: what became of it. `asked`: a person does not want to wait any more. The settings come as they are saved,
   * their templates not rendered. Throws `Impossible` when what it waited for has failed.
   */
  resume?(
    result: Readonly<Record<string, unknown>>,
    scope: RunScope<U> & { readonly asked: boolean; readonly settings: SettingsOf<F> },
  ): Promise<OutputsOf<O> | Held>;
}

export interface RuleDefinition {
  readonly key: string;
  readonly icon: string;
  readonly group: RuleGroup;
  readonly writesToClients: boolean;
  /** The types of item on whose boards it stands; null: every one. */
  readonly only: readonly string[] | null;
  readonly uses: readonly (keyof Ports)[];
  readonly leaves: readonly DeedKind[];
  readonly fields: Fields;
  readonly outputs: OutputKinds;
  readonly strings: DefinitionStrings;
  readonly example: Readonly<Record<string, unknown>>;
  /** Reads saved settings; problems carry paths that start with `settings`. */
  parse(raw: unknown): Parsed<Readonly<Record<string, unknown>>>;
  causes(settings: unknown): readonly Cause[];
  holds(settings: unknown): boolean;
  awaits(settings: unknown): Awaited | null;
  needsTime(settings: unknown): boolean;
  /** The names of the outputs of a rule with these settings, those of `outputs` first. */
  gives(settings: unknown): readonly string[];
  /** Renders the parsed settings' templates and runs; throws `Impossible` with the reason (semantics.md 5.6, 5.10). */
  run(settings: unknown, running: Running): Promise<Readonly<Record<string, unknown>> | Held>;
  /** Goes on with a run that was held, from what it gave then. */
  resume(
    result: Readonly<Record<string, unknown>>,
    running: Running & { readonly asked: boolean; readonly settings: unknown },
  ): Promise<Readonly<Record<string, unknown>> | Held>;
}

/** A kind of automation rule: what may be set up and what it does through the ports (rules.md). */
export function defineRule<F extends Fields, U extends keyof Ports, const O extends OutputKinds>(
  spec: RuleSpec<F, U, O>,
): RuleDefinition {
  const { key, icon, group, writesToClients, uses, leaves, fields, outputs, strings, example } = spec;
  const parse = settingsParser(fields);
  return {
    key,
    icon,
    group,
    writesToClients,
    only: spec.only ?? null,
    uses,
    leaves,
    fields,
    outputs,
    strings,
    example,
    parse: (raw) => checked(spec, parse(raw)),
    causes: (settings) => (isSettings(fields, settings) ? (spec.causes?.(settings) ?? []) : []),
    holds: (settings) => isSettings(fields, settings) && (spec.holds?.(settings) ?? false),
    awaits: (settings) => (isSettings(fields, settings) ? (spec.awaits?.(settings) ?? null) : null),
    needsTime: (settings) => isSettings(fields, settings) && (spec.needsTime?.(settings) ?? false),
    gives(settings) {
      const parsed = spec.givesMore === undefined ? null : parse(settings);
      return [...Object.keys(outputs), ...(parsed?.ok === true ? (spec.givesMore?.(parsed.settings) ?? []) : [])];
    },
    async run(settings, { ports, facts, run }) {
      if (!isSettings(fields, settings)) throw new Impossible(because('settings-incomplete'));
      if (!areThere(ports, uses)) throw new Error(`${key} uses a port that is not there: ${uses.join(', ')}`);
      return spec.run(renderSettings(fields, settings, facts, run.now), { ports, facts, run });
    },
    async resume(result, { ports, facts, run, asked, settings }) {
      if (!isSettings(fields, settings)) throw new Impossible(because('settings-incomplete'));
      if (!areThere(ports, uses)) throw new Error(`${key} uses a port that is not there: ${uses.join(', ')}`);
      return (await spec.resume?.(result, { ports, facts, run, asked, settings })) ?? result;
    },
  };
}

function areThere<U extends keyof Ports>(
  ports: Partial<Ports>,
  uses: readonly U[],
): ports is Partial<Ports> & Pick<Ports, U> {
  return uses.every((name) => ports[name] !== undefined);
}

function checked<F extends Fields, U extends keyof Ports, O extends OutputKinds>(
  spec: RuleSpec<F, U, O>,
  parsed: Parsed<SettingsOf<F>>,
): Parsed<SettingsOf<F>> {
  const problems = parsed.ok ? (spec.check?.(parsed.settings) ?? []) : parsed.problems;
  return parsed.ok && problems.length === 0 ? parsed : { ok: false, problems: moved(problems, ['settings']) };
}
