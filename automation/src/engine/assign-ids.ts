import type { AutomationFile, RuleEntry, TriggerEntry } from './file.ts';
import type { ExportedFile } from './to-file.ts';

/**
 * The file with an id for every entry: its own, else that of the entry with the same stage, key and name in the file
 * before, else a new one (interfaces.md, the automation file).
 */
export function assignIds(
  file: AutomationFile,
  before: Pick<ExportedFile, 'triggers' | 'rules'> | null,
): AutomationFile {
  const triggers = before?.triggers.map((entry) => ({ ...entry, key: entry.on })) ?? [];
  const rules = before?.rules.map((entry) => ({ ...entry, key: entry.do })) ?? [];
  return {
    ...file,
    triggers: assign<TriggerEntry>(file.triggers, { before: triggers, keyOf: (entry) => entry.on, prefix: 't' }),
    rules: assign<RuleEntry>(file.rules, { before: rules, keyOf: (entry) => entry.do, prefix: 'r' }),
  };
}

interface Entry {
  readonly id?: string | undefined;
  readonly stage: string;
  readonly name?: string | null | undefined;
}

interface Assigning<E extends Entry> {
  readonly before: readonly {
    readonly id: string;
    readonly stage: string;
    readonly name?: string;
    readonly key: string;
  }[];
  readonly keyOf: (entry: E) => string;
  readonly prefix: string;
}

function assign<E extends Entry>(entries: readonly E[], { before, keyOf, prefix }: Assigning<E>): E[] {
  const taken = new Set(entries.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const known = new Map<string, { readonly id: string }[]>();
  for (const one of before) {
    const look = lookOf(one, one.key);
    const alike = known.get(look);
    if (alike === undefined) known.set(look, [one]);
    else alike.push(one);
  }
  const used = new Set([...taken, ...before.map(({ id }) => id)]);
  let number = 0;
  const unused = (): string => {
    do number += 1;
    while (used.has(`${prefix}${number}`));
    return `${prefix}${number}`;
  };
  return entries.map((entry) => {
    if (entry.id !== undefined) return entry;
    const alike = known.get(lookOf(entry, keyOf(entry)));
    let same = alike?.shift();
    while (same !== undefined && taken.has(same.id)) same = alike?.shift();
    const id = same?.id ?? unused();
    taken.add(id);
    return { ...entry, id };
  });
}

function lookOf({ stage, name }: Pick<Entry, 'stage' | 'name'>, key: string): string {
  return JSON.stringify([stage, key, name ?? null]);
}
