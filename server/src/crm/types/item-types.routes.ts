import { shortPage } from '@signalbox/contract/common.ts';
import { type ItemTypeEntry, itemTypeIcon, itemTypes } from '@signalbox/contract/item-types.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http.ts';
import { pageOfAll } from '../../platform/paging.ts';
import { listSmartProcesses, type SmartProcess } from './item-types.store.ts';
import { listStandardTypes } from './standard-types.ts';

export const itemTypeRoutes = (context: Context): Route[] => [list(context)];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/item-types',
    summary: 'The types of items: the standard ones, then the smart processes that were made here',
    tag: 'Item types',
    access: 'employee',
    query: shortPage,
    answers: { 200: itemTypes },
    async handle({ caller, query }) {
      const own = await inWorkspace(context.databases.app, caller.workspaceId, listSmartProcesses);
      const all = [...listStandardTypes(caller.language), ...own.map(present)];
      return { status: 200, body: pageOfAll(all, query) };
    },
  });

function present({ icon, ...process }: SmartProcess): ItemTypeEntry {
  return { ...process, icon: itemTypeIcon.safeParse(icon).data ?? null, standard: false };
}
