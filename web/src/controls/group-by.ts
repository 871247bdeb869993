/** The list by group, in the order in which the groups first appear. */
export function groupBy<T, K extends string>(list: readonly T[], groupOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const group = groups.get(groupOf(one));
    if (group === undefined) groups.set(groupOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
