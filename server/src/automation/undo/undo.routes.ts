import { undoBody, undone, undoQuery, undoVisitBody } from '@signalbox/contract/automation/undo.ts';
import { idParams } from '@signalbox/contract/common.ts';
import type { Undoes } from '../../parts/undoing.ts';
import type { Answer, Caller, Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import type { Write } from '../../platform/http/idempotency.ts';
import { actingOf } from '../editing/board-file.routes.ts';
import { presentUndone } from './present-undone.ts';
import { type Undone, undoRun, undoVisit } from './undo-runs.ts';

/** Taking back what a run did, or all runs of a visit; what can't be taken back is said first by `dryRun`. */
export const undoRoutes = (context: Context, undoes: Undoes): Route[] => [
  ofRun(context, undoes),
  ofVisit(context, undoes),
];

const ofRun = (context: Context, undoes: Undoes) =>
  route({
    method: 'POST',
    path: '/api/v1/runs/:id/undo',
    summary: 'Take back what a run did, at most once; `?dryRun=1` only says what can be, and what not and why',
    tag: 'Automation',
    access: 'employee',
    params: idParams,
    query: undoQuery,
    body: undoBody.prefault({}),
    answers: { 200: undone },
    handle: ({ caller, params, query, body, write }) => {
      const dryRun = isDry(query);
      return answer({ context, caller, write, dryRun }, (tx) =>
        undoRun(tx, actingOf(context, caller), { id: params.id, undoes, dryRun, ...body }),
      );
    },
  });

const ofVisit = (context: Context, undoes: Undoes) =>
  route({
    method: 'POST',
    path: '/api/v1/items/:id/automation/undo',
    summary: 'Take back what all runs of a visit did, the last first; what of it still waits is cancelled',
    tag: 'Automation',
    access: 'employee',
    params: idParams,
    query: undoQuery,
    body: undoVisitBody,
    answers: { 200: undone },
    handle: ({ caller, params, query, body: { visit, ...body }, write }) => {
      const dryRun = isDry(query);
      const wish = { itemId: params.id, visitId: visit, undoes, dryRun, ...body };
      return answer({ context, caller, write, dryRun }, (tx) => undoVisit(tx, actingOf(context, caller), wish));
    },
  });

const isDry = ({ dryRun }: { readonly dryRun?: string | undefined }) => dryRun === '1' || dryRun === 'true';

interface Asked {
  readonly context: Context;
  readonly caller: Caller;
  readonly write: Write;
  readonly dryRun: boolean;
}

/** What would become of it is found by doing it and rolling it back: nothing else would know as well. */
class OnlyTried extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('only tried');
    this.answer = answer;
  }
}

async function answer({ context, caller, write, dryRun }: Asked, work: (tx: Tx) => Promise<Undone>): Promise<Answer> {
  const done = async (tx: Tx) => {
    const body = { dryRun, ...(await presentUndone(tx, await work(tx), caller.rights)) };
    return { status: 200, body };
  };
  if (!dryRun) return write(done);
  try {
    return await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
      throw new OnlyTried(await done(tx));
    });
  } catch (error) {
    if (error instanceof OnlyTried) return error.answer;
    throw error;
  }
}
