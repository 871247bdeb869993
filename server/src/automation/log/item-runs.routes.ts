import { runs, runsQuery, stopped } from '@signalbox/contract/automation/runs.ts';
import { itemSignals } from '@signalbox/contract/automation/signals.ts';
import { idParams } from '@signalbox/contract/common.ts';
import { accessItem } from '../../access/access-item.ts';
import type { Undoes } from '../../parts/undoing.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { actingOf } from '../editing/board-file.routes.ts';
import { listItemRuns, listItemSignals } from './item-runs.store.ts';
import { presentRuns } from './present-runs.ts';
import { presentSignals } from './present-signals.ts';
import { stopRuns } from './run-commands.ts';

/** The item's Automation tab: its runs, and what was decided on its signals (automation-screen.md). */
export const itemRunRoutes = (context: Context, undoes: Undoes): Route[] => [
  listRuns(context, undoes),
  listSignals(context),
  stop(context),
];

const listRuns = (context: Context, undoes: Undoes) =>
  route({
    method: 'GET',
    path: '/api/v1/items/:id/runs',
    summary: 'The runs of the item’s rules, newest visit first; pages hold whole visits',
    tag: 'Automation',
    access: 'employee',
    params: idParams,
    query: runsQuery,
    answers: { 200: runs },
    async handle({ caller, params, query: { limit, cursor } }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        const { type } = await accessItem(tx, caller, params.id, 'read');
        const rows = await listItemRuns(tx, { itemId: params.id, below: parseIdCursor(cursor), visits: limit + 1 });
        const visits = [...new Set(rows.map(({ run }) => run.visitId))];
        const { data, nextCursor } = pageOf(visits, limit, { show: (visit) => visit, cursor: (visit) => [visit] });
        return {
          data: await presentRuns(
            tx,
            rows.filter(({ run }) => data.includes(run.visitId)),
            { reader: { rights: caller.rights, type }, undoes },
          ),
          nextCursor,
        };
      });
      return { status: 200, body };
    },
  });

const listSignals = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/items/:id/signals',
    summary: 'The item’s signals with the verdict of every trigger, newest first',
    tag: 'Automation',
    access: 'employee',
    params: idParams,
    query: runsQuery,
    answers: { 200: itemSignals },
    async handle({ caller, params, query: { limit, cursor } }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        const { type } = await accessItem(tx, caller, params.id, 'read');
        const rows = await listItemSignals(tx, { itemId: params.id, below: parseIdCursor(cursor), limit: limit + 1 });
        return pageOf(rows, limit, {
          show: await presentSignals(tx, rows, { rights: caller.rights, type }),
          cursor: (row) => [row.id],
        });
      });
      return { status: 200, body };
    },
  });

const stop = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/items/:id/automation/stop',
    summary: 'Cancel the item’s runs that have not begun',
    tag: 'Automation',
    access: 'employee',
    params: idParams,
    answers: { 200: stopped },
    handle: ({ caller, params, write }) =>
      write(async (tx) => {
        await accessItem(tx, caller, params.id, 'change');
        return { status: 200, body: { cancelled: await stopRuns(tx, actingOf(context, caller), params.id) } };
      }),
  });
