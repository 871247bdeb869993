import { idParams } from '@signalbox/contract/common.ts';
import { item, items, itemsQuery } from '@signalbox/contract/items.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http.ts';
import { listItems } from './list-items.ts';
import { getItem } from './present-items.ts';

export const itemRoutes = (context: Context): Route[] => [list(context), show(context)];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items',
    summary: 'Items, newest first; `filter` is the `when` grammar of the automation file as JSON',
    tag: 'Items',
    access: 'employee',
    query: itemsQuery,
    answers: { 200: items },
    async handle({ caller, query }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        listItems(tx, { ...query, now: context.clock.now() }),
      );
      return { status: 200, body };
    },
  });

const show = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items/:id',
    summary: 'An item',
    tag: 'Items',
    access: 'employee',
    params: idParams,
    answers: { 200: item },
    async handle({ caller, params }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, (tx) => getItem(tx, params.id));
      return { status: 200, body };
    },
  });
