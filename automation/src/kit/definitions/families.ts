/** The definitions of all families, family by family: those that `order` names first. */
export function inOrder<T>(families: Readonly<Record<string, readonly T[]>>, order: readonly string[]): readonly T[] {
  const later = Object.keys(families).filter((name) => !order.includes(name));
  return [...order, ...later].flatMap((name) => families[name] ?? []);
}
