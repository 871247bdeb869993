import { idParams } from '@signalbox/contract/common.ts';
import { item, items, itemsCsvQuery, itemsQuery } from '@signalbox/contract/items.ts';
import { z } from 'zod';
import { accessItem, checkMayExport } from '../../access/access-item.ts';
import { exportCsv, saidFilter } from '../../audit/export-csv.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { exportItems } from './export-items.ts';
import { inFilterTurn } from './filter-turns.ts';
import { listItems } from './list-items.ts';
import { getItem } from './present-items.ts';

export const itemRoutes = (context: Context): Route[] => [list(context), csv(context), show(context)];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items',
    summary:
      'Items, newest first; `filter` is the `when` grammar of the automation file as JSON. What was changed: `changedSince=` and then each `nextCursor`, which misses nothing',
    tag: 'Items',
    access: 'employee',
    query: itemsQuery,
    answers: { 200: items },
    async handle({ caller, query }) {
      const read = () =>
        inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
          listItems(tx, { ...query, rights: caller.rights, now: context.clock.now() }),
        );
      return { status: 200, body: await (query.filter === undefined ? read() : inFilterTurn(caller, read)) };
    },
  });

const csv = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items.csv',
    summary: 'The items of the list with all their fields, as a CSV file that can be imported again',
    tag: 'Items',
    access: 'employee',
    confirmed: true,
    query: itemsCsvQuery,
    produces: 'text/csv',
    answers: { 200: z.any() },
    async handle({ caller, query }) {
      const inOne = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(context.databases.app, caller.workspaceId, work);
      const inside: typeof inOne = (work) =>
        query.filter === undefined ? inOne(work) : inFilterTurn(caller, () => inOne(work));
      checkMayExport(caller, query.type);
      const wanted = { ...query, rights: caller.rights, now: context.clock.now() };
      // What is wrong with the query is answered before the file begins.
      await inside((tx) => listItems(tx, { ...wanted, limit: 1 }));
      return exportCsv(context, caller, {
        fileName: `${query.type ?? 'items'}.csv`,
        act: {
          kind: 'items-exported',
          params: { type: query.type ?? '', filter: saidFilter({ ...query, type: undefined }) },
        },
        lines: () => exportItems(inside, wanted),
      });
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
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        await accessItem(tx, caller, params.id, 'read');
        return getItem(tx, params.id, caller.rights);
      });
      return { status: 200, body };
    },
  });
