import type { BoundRule } from './board.ts';

/** A rule of a stage and what it waits for (semantics.md 5.2). */
export interface ChainLink<R extends ChainRule = BoundRule> {
  readonly rule: R;
  /** The rule above, when this one is set to "after previous": a delay begins at its end. */
  readonly previous: string | null;
  /** Every rule that must have ended first: the one above and those whose results it uses. */
  readonly waitsFor: readonly string[];
}

type ChainRule = Pick<BoundRule, 'id' | 'order' | 'enabled' | 'usesResultsOf'>;

/** The enabled rules of one stage as chains: "in parallel" begins a new one, "after previous" joins the one above (semantics.md 5.2). */
export function chainsOf<R extends ChainRule>(rules: readonly R[]): readonly (readonly ChainLink<R>[])[] {
  const chains: ChainLink<R>[][] = [];
  for (const rule of rules) {
    if (!rule.enabled) continue;
    const above = chains.at(-1);
    const previous = rule.order === 'after previous' ? (above?.at(-1)?.rule.id ?? null) : null;
    const link = { rule, previous, waitsFor: waitsFor(rule, previous, rules) };
    if (previous === null || above === undefined) chains.push([link]);
    else above.push(link);
  }
  return chains;
}

/** The ids of rules that wait for each other round in a circle; none of them could ever run. */
export function waitingCircle<R extends ChainRule>(rules: readonly R[]): readonly string[] {
  let rest = chainsOf(rules).flat();
  for (;;) {
    const waiting = new Set(rest.map(({ rule }) => rule.id));
    const stuck = rest.filter((link) => link.waitsFor.some((id) => waiting.has(id)));
    if (stuck.length === rest.length) return stuck.map(({ rule }) => rule.id);
    rest = stuck;
  }
}

function waitsFor<R extends ChainRule>(rule: R, previous: string | null, rules: readonly R[]): readonly string[] {
  const running = new Set(rules.filter(({ enabled }) => enabled).map(({ id }) => id));
  const results = rule.usesResultsOf.filter((id) => running.has(id));
  return [...new Set([...(previous === null ? [] : [previous]), ...results])];
}
