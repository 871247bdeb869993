import {
  automation,
  automationBody,
  automationQuery,
  automationSaved,
  boardParams,
  boardStats,
  checkBody,
  checked,
  MAX_FILE_BYTES,
} from '@signalbox/contract/automation/automation.ts';
import type { FastifyRequest } from 'fastify';
import { hasAllOf } from '../../access/access-pipeline.ts';
import { keepSecretsOfBoard } from '../../outside/secrets/keep-secrets-of-board.ts';
import type { Caller, Context, Rights } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { type BoardAddress, getBoardPipeline, readBoard } from '../boards/read-board.ts';
import type { Acting } from '../moves/acting.ts';
import { countForBoard } from './board-runs.store.ts';
import { located, readBoardInput, tryBoard, withPlaces } from './read-board-input.ts';
import { type BoardInput, type SavedResult, saveBoard } from './save-board.ts';

export const boardFileRoutes = (context: Context): Route[] => [
  show(context),
  put(context),
  check(context),
  stats(context),
];

const show = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/automation/:type/:pipeline',
    summary: 'The automation file of a pipeline, with its version as ETag',
    tag: 'Automation',
    access: 'employee',
    params: boardParams,
    answers: { 200: automation },
    async handle({ caller, params }) {
      const { file, version } = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) =>
        readBoard(tx, await getBoardPipeline(tx, params, caller.rights)),
      );
      return { status: 200, body: { ...file, version }, headers: { etag: `"${version}"` } };
    },
  });

const put = (context: Context) =>
  route({
    method: 'PUT',
    path: '/api/v1/automation/:type/:pipeline',
    summary: 'Check the automation file and replace the board by it; `?dryRun=1` only checks',
    tag: 'Automation',
    access: 'automation',
    params: boardParams,
    query: automationQuery,
    body: automationBody,
    consumes: ['application/json', 'text/yaml'],
    answers: { 200: automationSaved },
    bodyLimitBytes: MAX_FILE_BYTES,
    async handle({ caller, params, query, body, request, write }) {
      const received = { address: params, body, query, ifVersion: parseIfMatch(request) };
      const input = await readBoardInput(received, caller);
      const save = async (tx: Tx) => {
        const saved = await saveKept(tx, context, { caller, input });
        return { ...saved, warnings: await withPlaces(saved.warnings, input.locate) };
      };
      return located(input, async () => {
        if (input.dryRun) return { status: 200, body: present(await tryBoard(context, caller.workspaceId, save)) };

        return write(async (tx) => {
          const saved = await save(tx);
          return { status: 200, body: present(saved), headers: { etag: `"${saved.version}"` } };
        });
      });
    },
  });

const check = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/automation/check',
    onlyReads: true,
    summary: 'What is wrong with an automation file, with lines and columns when it is given as YAML',
    tag: 'Automation',
    access: 'automation',
    body: checkBody,
    answers: { 200: checked },
    bodyLimitBytes: MAX_FILE_BYTES,
    async handle({ caller, body }) {
      try {
        const received = { address: null, body: 'yaml' in body ? body.yaml : body.file, query: { dryRun: '1' } };
        const input = await readBoardInput({ ...received, ifVersion: null }, caller);
        const save = (tx: Tx) => saveKept(tx, context, { caller, input });
        const tried = await located(input, () => tryBoard(context, caller.workspaceId, save));
        const warnings = [...(await withPlaces(tried.warnings, input.locate))];
        return { status: 200, body: { errors: [], warnings } };
      } catch (error) {
        if (!(error instanceof UserError) || error.status === 503) throw error;
        return { status: 200, body: { errors: errorsOf(error), warnings: [] } };
      }
    },
  });

const stats = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/automation/:type/:pipeline/stats',
    summary: 'Items on each stage now; moves by each trigger and runs of each rule in the last 30 days',
    tag: 'Automation',
    access: 'employee',
    params: boardParams,
    answers: { 200: boardStats },
    async handle({ caller, params }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) =>
        countForBoard(tx, await getWholePipeline(tx, params, caller.rights), context.clock.now()),
      );
      return { status: 200, body };
    },
  });

/** A board whose secrets are kept apart first. */
async function saveKept(
  tx: Tx,
  context: Context,
  { caller, input }: { readonly caller: Caller; readonly input: BoardInput },
): Promise<SavedResult> {
  const acting = actingOf(context, caller);
  return saveBoard(tx, acting, {
    ...input,
    raw: await keepSecretsOfBoard(tx, { ...acting, config: context.config }, input.raw),
  });
}

/** What counts or tries over all items of a pipeline is for who may read them all, or edits automation. */
async function getWholePipeline(tx: Tx, address: BoardAddress, rights: Rights): Promise<number> {
  const pipeline = await getBoardPipeline(tx, address, rights);
  if (!rights.areas.automation && !hasAllOf(rights, pipeline, 'read')) throw missingRight('no-automation');
  return pipeline.id;
}

/** A save by a person begins new chains (semantics.md 7). */
export function actingOf({ clock }: Context, { workspaceId, employeeId, rights }: Caller): Acting {
  return { workspaceId, byId: employeeId, chain: null, now: clock.now(), rights };
}

export function present({ file, ...more }: Awaited<ReturnType<typeof saveBoard>>) {
  return { ...file, ...more };
}

// A mistake of the whole file has no path of its own.
function errorsOf(error: UserError) {
  return error.errors.length > 0 ? error.errors : [{ path: '', code: error.code, message: error.message }];
}

/** `"3"`, `W/"3"` or `3`; `*` and nothing mean any version. */
export function parseIfMatch({ headers }: FastifyRequest): number | null {
  const text = headers['if-match']?.trim();
  if (text === undefined || text === '*' || text === '') return null;
  const found = /^(?:W\/)?"?(\d+)"?$/.exec(text);
  return found?.[1] === undefined ? -1 : Number(found[1]);
}
