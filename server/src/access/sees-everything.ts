import type { RightVerb } from '@signalbox/contract/people/rights.ts';
import type { Rights } from '../platform/context.ts';

/** Whether a right reaches every item there is or will be; what may not be read is reached by no other right. */
export function hasWhole({ items }: Rights, verb: RightVerb): boolean {
  return [items.all, ...Object.values(items.types), ...Object.values(items.pipelines)].every(
    (row) => row.read === 'all' && row[verb] === 'all',
  );
}

/** What shows the whole of a workspace is for those who may read it, and for who edits automation. */
export const readsEverything = (rights: Rights) => hasWhole(rights, 'read');

/** The same of clients too, and of every field: files and imports hold the values of any. */
export function seesEverything(rights: Rights): boolean {
  const isHeldBack = Object.values(rights.fields).some((limits) => Object.values(limits).includes('hidden'));
  return readsEverything(rights) && rights.clients.read === 'all' && !isHeldBack;
}
