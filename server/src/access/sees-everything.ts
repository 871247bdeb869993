import type { RightVerb } from '@signalbox/contract/people/rights.ts';
import type { Rights } from '../platform/context.ts';

/** Whether a right reaches every item there is or will be. */
export function hasWhole({ items }: Rights, verb: RightVerb): boolean {
  return [items.all, ...Object.values(items.types), ...Object.values(items.pipelines)].every(
    (row) => row[verb] === 'all',
  );
}

/** What shows the whole of a workspace is for those who may read it, and for who edits automation. */
export const readsEverything = (rights: Rights) => hasWhole(rights, 'read');

/** The same of clients too. */
export function seesEverything(rights: Rights): boolean {
  return readsEverything(rights) && rights.clients.read === 'all';
}
