import { type SearchResult, searchQuery, searchResult } from '@signalbox/contract/search.ts';
import { reachableClients } from '../../access/reachable-clients.store.ts';
import { reachableItems } from '../../access/reachable-items.store.ts';
import type { Caller, Context, Rights } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { type ClientKind, listClients } from '../client-book/clients.store.ts';
import { findPlaces, loadItemViews } from '../items/list-items.store.ts';
import { findText } from '../items/narrowing/find-text.store.ts';

/** Finds tasks, which stand above this room. */
type FindTasks = (
  tx: Tx,
  caller: Caller,
  wish: { readonly q: string; readonly limit: number },
) => Promise<SearchResult['tasks']>;

export const searchRoutes = (context: Context, findTasks: FindTasks): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/search',
    summary: 'Items, contacts, companies and tasks whose names, addresses or numbers contain the text',
    tag: 'Items',
    access: 'employee',
    query: searchQuery,
    answers: { 200: searchResult },
    async handle({ caller, query }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => ({
        ...(await search(tx, caller, query)),
        tasks: query.q.trim() === '' ? [] : await findTasks(tx, caller, query),
      }));
      return { status: 200, body };
    },
  }),
];

async function search(tx: Tx, caller: Caller, { q, limit }: { q: string; limit: number }) {
  if (q.trim() === '') return { items: [], contacts: [], companies: [] };
  const text = await findText(tx, q, { rights: caller.rights });
  const places = await findPlaces(tx, { text: text?.where, limit, reach: reachableItems(caller.rights, 'read') });
  const views = await loadItemViews(
    tx,
    places.map(({ id }) => id),
  );
  return {
    items: views.map(({ id, type, title, pipeline, stage, stageName }) => ({
      id,
      type,
      title,
      pipeline,
      stage,
      stageName,
    })),
    contacts: await clients(tx, 'contact', { q, limit, rights: caller.rights }),
    companies: await clients(tx, 'company', { q, limit, rights: caller.rights }),
  };
}

async function clients(tx: Tx, kind: ClientKind, { rights, ...query }: { q: string; limit: number; rights: Rights }) {
  const found = await listClients(tx, kind, { ...query, reach: reachableClients(rights, kind, 'read') });
  return found.map(({ id, name, emails, phones }) => ({ id, name, emails, phones }));
}
