import type { BoundRule } from './board.ts';

/** A rule of a stage and what it waits for (semantics.md 5.2). */
export interface ChainLink<R extends ChainRule = BoundRule> {
  readonly rule: R;
  /** The rule above, when this one is set to "after previous": a delay begins at its end. */
  readonly previous: string | null;
  /** Every rule that must have ended first: the one above and those whose results it uses. */
  readonly waitsFor: readonly string[];
  /** Of these, those whose results it uses. */
  readonly uses: readonly string[];
}

type ChainRule = Pick<BoundRule, 'id' | 'order' | 'enabled' | 'usesResultsOf'>;

/** The enabled rules of one stage as chains: "in parallel" begins a new one, "after previous" joins the one above (semantics.md 5.2). */
export function chainsOf<R extends ChainRule>(rules: readonly R[]): readonly (readonly ChainLink<R>[])[] {
  const chains: ChainLink<R>[][] = [];
  const running = new Set(rules.filter(({ enabled }) => enabled).map(({ id }) => id));
  for (const rule of rules) {
    if (!rule.enabled) continue;
    const above = chains.at(-1);
    const previous = rule.order === 'after previous' ? (above?.at(-1)?.rule.id ?? null) : null;
    const uses = rule.usesResultsOf.filter((id) => running.has(id));
    const link = { rule, previous, waitsFor: [...new Set([...(previous === null ? [] : [previous]), ...uses])], uses };
    if (previous === null || above === undefined) chains.push([link]);
    else above.push(link);
  }
  return chains;
}

/** The ids of rules that wait for each other round in a circle; none of them could ever run. */
export function waitingCircle<R extends ChainRule>(rules: readonly R[]): readonly string[] {
  const links = chainsOf(rules).flat();
  const known = new Set(links.map(({ rule }) => rule.id));
  const open = new Map(links.map(({ rule, waitsFor: ids }) => [rule.id, ids.filter((id) => known.has(id)).length]));
  const waiting = new Map<string, string[]>();
  for (const { rule, waitsFor: ids } of links)
    for (const id of ids) waiting.set(id, [...(waiting.get(id) ?? []), rule.id]);
  // Those that wait for nothing run, then those that waited for them alone.
  const free = [...open].flatMap(([id, count]) => (count === 0 ? [id] : []));
  for (const id of free)
    for (const next of waiting.get(id) ?? []) {
      const count = (open.get(next) ?? 0) - 1;
      open.set(next, count);
      if (count === 0) free.push(next);
    }
  const ran = new Set(free);
  return links.flatMap(({ rule }) => (ran.has(rule.id) ? [] : [rule.id]));
}
