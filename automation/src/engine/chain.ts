import type { Chain } from '../kit/facts.ts';

export type { Chain } from '../kit/facts.ts';

/** A run that waited this long begins a new chain: slow cycles are wanted (semantics.md 7). */
export const RUN_BEGINS_NEW_CHAIN_AFTER_MS = 3_600_000;
export const MAX_LINKS = 20;

/** One move of one item. */
export interface Link {
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

/** A chain without links: the item stands where people, the API or the outside found it (semantics.md 7). */
export function beginChain(item: number, stage: number): Chain {
  return { origin: { [item]: stage }, entered: [] };
}

/** What is taken back of the item: nothing moves because of it (docs/undo.md). */
export function endedChain(item: number, stage: number): Chain {
  return { ...beginChain(item, stage), ended: 'undo' };
}

/** The chain with one link more, or the loop that the link would close (semantics.md 7). */
export function extendChain(chain: Chain | null, link: Link): { readonly chain: Chain } | { readonly loop: Chain } {
  const before = chain ?? beginChain(link.item, link.from);
  if (before.ended !== undefined || before.entered.length >= MAX_LINKS || stoodOn(before, link))
    return { loop: before };
  return {
    chain: {
      origin: before.origin[link.item] === undefined ? { ...before.origin, [link.item]: link.from } : before.origin,
      entered: [...before.entered, { item: link.item, stage: link.to }],
    },
  };
}

/** The chain in which a rule makes an item: a link as a move is, so that rules that make items of each other come to an end too. */
export function enterMade(
  chain: Chain | null,
  { item, stage }: { readonly item: number; readonly stage: number },
): { readonly chain: Chain } | { readonly loop: Chain } {
  const before = chain ?? { origin: {}, entered: [] };
  if (before.entered.length >= MAX_LINKS) return { loop: before };
  return {
    chain: { origin: { ...before.origin, [item]: stage }, entered: [...before.entered, { item, stage }] },
  };
}

/** The chain that what a run causes belongs to: none after an hour of waiting (semantics.md 7). */
export function chainAfterWaiting(chain: Chain | null, waitedMs: number): Chain | null {
  return waitedMs >= RUN_BEGINS_NEW_CHAIN_AFTER_MS ? null : chain;
}

function stoodOn(chain: Chain, { item, from, to }: Link): boolean {
  const origin = chain.origin[item] ?? from;
  return origin === to || chain.entered.some((entry) => entry.item === item && entry.stage === to);
}
