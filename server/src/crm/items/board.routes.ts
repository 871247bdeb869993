import { board, boardParams, boardQuery, columnPage, columnParams, columnQuery } from '@signalbox/contract/board.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { getBoard, getColumn } from './board.ts';

export const boardRoutes = (context: Context): Route[] => [showBoard(context), showColumn(context)];

const showBoard = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/board/:pipeline',
    summary: 'The columns of a pipeline with their first cards, counts and sums',
    tag: 'Items',
    access: 'employee',
    params: boardParams,
    query: boardQuery,
    answers: { 200: board },
    async handle({ caller, params, query }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        getBoard(tx, params.pipeline, { ...query, rights: caller.rights }),
      );
      return { status: 200, body };
    },
  });

const showColumn = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/board/:pipeline/:stage',
    summary: 'More cards of one column',
    tag: 'Items',
    access: 'employee',
    params: columnParams,
    query: columnQuery,
    answers: { 200: columnPage },
    async handle({ caller, params, query }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, (tx) =>
        getColumn(tx, params, { ...query, rights: caller.rights }),
      );
      return { status: 200, body };
    },
  });
