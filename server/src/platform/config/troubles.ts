// Of a process, remembered by its database: whoever runs it has to mend them.
const all = new WeakMap<object, Map<string, string>>();

/** What is wrong with `what` now, as a sentence for `why` of /healthz; null when all is well again. Answers whether that is news. */
export function setTrouble(databases: object, what: string, words: string | null): boolean {
  const troubles = all.get(databases) ?? new Map<string, string>();
  all.set(databases, troubles);
  if ((troubles.get(what) ?? null) === words) return false;
  if (words === null) troubles.delete(what);
  else troubles.set(what, words);
  return true;
}

export function listTroubles(databases: object): readonly string[] {
  return [...(all.get(databases)?.values() ?? [])];
}
