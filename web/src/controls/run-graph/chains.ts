/** A rule among those of its stage: the one above in its chain, and those whose results it uses. */
export interface Ordered {
  readonly rule: string;
  readonly previous: string | null;
  readonly uses: readonly string[];
}

/** Chains side by side, each from top to bottom; a rule whose predecessor is not among them begins one. */
export function chainsOf<T extends Ordered>(all: readonly T[]): readonly (readonly T[])[] {
  const chains: T[][] = [];
  for (const one of all) {
    const chain = chains.find((some) => some.at(-1)?.rule === one.previous);
    if (one.previous === null || chain === undefined) chains.push([one]);
    else chain.push(one);
  }
  return chains;
}
