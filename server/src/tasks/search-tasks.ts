import type { SearchResult } from '@signalbox/contract/search.ts';
import { listOwned } from '../access/owned-items.store.ts';
import { reachesItem } from '../access/reach.ts';
import type { Caller } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { listTasks } from './kept/list-tasks.store.ts';
import { listItemTitles } from './kept/task-notes.store.ts';

/** Tasks that somebody may see and whose title or description has the text: the newest, with their items if those may be seen. */
export async function searchTasks(
  tx: Tx,
  { rights }: Pick<Caller, 'rights'>,
  { q, limit }: { readonly q: string; readonly limit: number },
): Promise<SearchResult['tasks']> {
  const page = { q: q.trim(), order: 'newest', now: new Date(0), after: undefined, limit } as const;
  const found = await listTasks(tx, page, rights);
  const items = await listOwned(
    tx,
    found.flatMap(({ itemId }) => itemId ?? []),
  );
  const seen = items.filter((item) => reachesItem(rights, item, 'read')).map(({ id }) => id);
  const titles = await listItemTitles(tx, seen);
  return found.map(({ id, title, status, itemId }) => ({
    ...{ id, title, status, itemTitle: titles.get(itemId ?? 0)?.title ?? null },
  }));
}
