import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { FieldError } from '../../platform/errors.ts';

/** A file in its exported form: every entry has its id. */
export interface ComparableFile {
  readonly stages: readonly { readonly code: string; readonly name: string }[];
  readonly triggers: readonly {
    readonly id: string;
    readonly on: string;
    readonly stage: string;
    readonly name?: string;
  }[];
  readonly rules: readonly {
    readonly id: string;
    readonly do: string;
    readonly stage: string;
    readonly name?: string;
  }[];
}

export interface Change extends FieldError {
  readonly code: 'added' | 'removed' | 'changed';
}

/** What leads from one version to another, in words; paths are those of the newer file (semantics.md 8.3, 8.4). */
export function listChanges(before: ComparableFile, after: ComparableFile): Change[] {
  return [
    ...changesOf(
      'stages',
      named(before.stages, (one) => [one.code, `the stage "${one.name}"`]),
      named(after.stages, (one) => [one.code, `the stage "${one.name}"`]),
    ),
    ...changesOf('triggers', named(before.triggers, triggerName), named(after.triggers, triggerName)),
    ...changesOf('rules', named(before.rules, ruleName), named(after.rules, ruleName)),
  ];
}

interface Named {
  readonly key: string;
  readonly words: string;
  readonly entry: unknown;
}

const triggerName = (one: ComparableFile['triggers'][number]) =>
  [one.id, `the trigger "${one.name ?? one.on}" on ${one.stage}`] as const;
const ruleName = (one: ComparableFile['rules'][number]) =>
  [one.id, `the rule "${one.name ?? one.do}" on ${one.stage}`] as const;

function named<T>(entries: readonly T[], nameOf: (entry: T) => readonly [string, string]): Named[] {
  return entries.map((entry) => {
    const [key, words] = nameOf(entry);
    return { key, words, entry };
  });
}

function changesOf(list: string, before: readonly Named[], after: readonly Named[]): Change[] {
  const [had, has] = [byKey(before), byKey(after)];
  const removed = before.filter(({ key }) => !has.has(key));
  const changed = after.flatMap(({ key, words, entry }, index): Change[] => {
    const path = `${list}[${index}]`;
    const old = had.get(key);
    if (old === undefined) return [{ path, code: 'added', message: `${words} was added` }];
    return isDeepStrictEqual(kept(old.entry), kept(entry))
      ? []
      : [{ path, code: 'changed', message: `${words} was changed` }];
  });
  return [
    ...removed.map(({ words }): Change => ({ path: list, code: 'removed', message: `${words} was removed` })),
    ...changed,
    ...orderChanges(list, before, after),
  ];
}

function byKey(all: readonly Named[]): ReadonlyMap<string, Named> {
  return new Map(all.toReversed().map((one) => [one.key, one]));
}

function orderChanges(list: string, before: readonly Named[], after: readonly Named[]): Change[] {
  const shared = (one: readonly Named[], other: readonly Named[]) => {
    const known = byKey(other);
    return one.filter(({ key }) => known.has(key)).map(({ key }) => key);
  };
  if (isDeepStrictEqual(shared(before, after), shared(after, before))) return [];
  return [{ path: list, code: 'changed', message: `the order of ${list} was changed` }];
}

// As it is kept: without what is undefined.
function kept(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kept);
  if (!isRecord(value)) return value;
  const said = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(said.map(([name, one]) => [name, kept(one)]));
}
