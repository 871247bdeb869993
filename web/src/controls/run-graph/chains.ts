/** A rule among those of its stage: the one above in its chain, and those whose results it uses. */
export interface Ordered {
  readonly rule: string;
  readonly previous: string | null;
  readonly uses: readonly string[];
}

/**
 * Chains side by side, each from top to bottom; what waits for nothing shown begins one. A rule stands
 * below the one above it, or below the end of a chain whose result it uses: it does not run at the same time as that.
 */
export function chainsOf<T extends Ordered>(all: readonly T[]): readonly (readonly T[])[] {
  const chains: T[][] = [];
  for (const one of all) {
    const awaited = one.previous === null ? one.uses : [one.previous];
    const chain = chains.find((some) => awaited.includes(some.at(-1)?.rule ?? ''));
    if (chain === undefined) chains.push([one]);
    else chain.push(one);
  }
  return chains;
}
