import { id, idParams, listOf, page, time } from '@signalbox/contract/common.ts';
import { z } from 'zod';
import { readsEverything } from '../../access/sees-everything.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../../platform/http/paging.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { ringAfterCommit } from '../../platform/realtime.ts';
import { listUndecidable, unpark } from './signal-queue.store.ts';

/** Signals that failed three times alone (semantics.md 1.5). */
export const undecidableRoutes = (context: Context): Route[] => [list(context), retry()];

const undecidable = z.object({
  id,
  kind: z.string(),
  recordedAt: time,
  parkedAt: time,
  attempts: z.int(),
  error: z.string(),
});

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/signals/undecidable',
    summary: 'Signals that could not be decided, newest first, with what went wrong',
    tag: 'Signals',
    access: 'employee',
    query: page,
    answers: { 200: listOf(undecidable) },
    async handle({ caller, query: { limit, cursor } }) {
      if (!caller.rights.areas.automation && !readsEverything(caller.rights)) throw missingRight('no-automation');
      const before = parseIdCursor(cursor) ?? null;
      const rows = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        listUndecidable(tx, { limit: limit + 1, before }),
      );
      return { status: 200, body: pageOf(rows, limit, { show: (row) => row, cursor: (row) => [row.id] }) };
    },
  });

const retry = () =>
  route({
    method: 'POST',
    path: '/api/v1/signals/:id/retry',
    summary: 'Try an undecidable signal again',
    tag: 'Signals',
    access: 'automation',
    params: idParams,
    answers: { 202: null },
    handle: ({ params, write }) =>
      write(async (tx) => {
        if (!(await unpark(tx, params.id))) throw notFound(`An undecidable signal ${params.id}`);
        ringAfterCommit(tx);
        return { status: 202 };
      }),
  });
