import type { Condition } from '../kit/conditions/condition.ts';
import { formatDuration } from '../kit/values/durations.ts';
import { isRecord } from '../kit/values/values.ts';
import type { Board, BoundRule, BoundTrigger } from './board.ts';
import { type RuleTimeEntry, ruleTimeEntry } from './rule-time.ts';

export interface ExportedTrigger {
  readonly id: string;
  readonly on: string;
  readonly stage: string;
  readonly name?: string;
  readonly enabled?: boolean;
  readonly when?: Condition;
  readonly as?: string;
  readonly allowBack?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface ExportedRule {
  readonly id: string;
  readonly do: string;
  readonly stage: string;
  readonly name?: string;
  readonly enabled?: boolean;
  readonly when?: Condition;
  readonly order?: string;
  readonly time?: RuleTimeEntry;
  readonly onLeave?: string;
  readonly hours?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface ExportedFile {
  readonly type: string;
  readonly pipeline: string;
  readonly stages: readonly {
    readonly code: string;
    readonly name: string;
    readonly kind: string;
    readonly color?: string;
  }[];
  readonly triggers: readonly ExportedTrigger[];
  readonly rules: readonly ExportedRule[];
}

/** The board as its file: ids always, what is as by default left out. Applying it changes nothing (interfaces.md). */
export function toFile(board: Board, pipeline: string): ExportedFile {
  return {
    type: board.type,
    pipeline,
    stages: board.stages.map(({ code, name, kind, color }) => ({
      code,
      name,
      kind,
      ...given({ color: color ?? undefined }),
    })),
    triggers: board.triggers.map(exportTrigger),
    rules: board.rules.map(exportRule),
  };
}

function exportTrigger(trigger: BoundTrigger): ExportedTrigger {
  return {
    id: trigger.id,
    on: trigger.key,
    stage: trigger.stage,
    ...given({
      name: trigger.ownName ?? undefined,
      enabled: trigger.enabled ? undefined : false,
      when: trigger.when ?? undefined,
      as: trigger.as === 'responsible' ? undefined : trigger.as,
      allowBack: trigger.allowBack ? true : undefined,
      settings: settingsOf(trigger),
    }),
  };
}

function exportRule(rule: BoundRule): ExportedRule {
  return {
    id: rule.id,
    do: rule.key,
    stage: rule.stage,
    ...given({
      name: rule.ownName ?? undefined,
      enabled: rule.enabled ? undefined : false,
      when: rule.when ?? undefined,
      order: rule.order === 'in parallel' ? undefined : rule.order,
      time: ruleTimeEntry(rule.time),
      onLeave: rule.onLeave === 'cancel' ? undefined : rule.onLeave,
      hours: rule.hours.length === 0 ? undefined : rule.hours,
      settings: settingsOf(rule),
    }),
  };
}

/** Settings that differ from their defaults, as they are written in the file. */
function settingsOf({ settings, definition }: BoundTrigger | BoundRule): Readonly<Record<string, unknown>> | undefined {
  const said = Object.entries(settings).filter(([name, value]) => !isSame(value, definition.fields[name]?.default));
  if (said.length === 0) return undefined;
  return Object.fromEntries(
    said.map(([name, value]) => [name, definition.fields[name]?.control === 'duration' ? durationOf(value) : value]),
  );
}

function durationOf(value: unknown): unknown {
  if (!isRecord(value) || typeof value.count !== 'number') return value;
  const unit = (['seconds', 'minutes', 'hours', 'days'] as const).find((known) => known === value.unit);
  return unit === undefined ? value : formatDuration({ count: value.count, unit });
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function given<T extends Readonly<Record<string, unknown>>>(entries: T): Partial<T> {
  const copy: Partial<T> = { ...entries };
  for (const key in copy) if (copy[key] === undefined) delete copy[key];
  return copy;
}
