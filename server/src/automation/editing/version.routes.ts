import {
  automationQuery,
  automationSaved,
  boardParams,
  oldVersion,
  versionParams,
  versionQuery,
  versions,
} from '@signalbox/contract/automation/automation.ts';
import { loadPeople, type PersonRow } from '../../people/employees.store.ts';
import type { Context, Rights } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { listChanges } from '../boards/board-difference.ts';
import { listVersions, type SavedBoard } from '../boards/boards.store.ts';
import { getBoardPipeline, readBoard } from '../boards/read-board.ts';
import { actingOf, present } from './board-file.routes.ts';
import { readBoardInput } from './read-board-input.ts';
import { saveBoard } from './save-board.ts';

/** Any version can be looked at, compared and restored (semantics.md 8.4). */
export const versionRoutes = (context: Context): Route[] => [list(context), show(context), restore(context)];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/automation/:type/:pipeline/versions',
    summary: 'The versions of a board, newest first: who saved it and when',
    tag: 'Automation',
    access: 'employee',
    params: boardParams,
    answers: { 200: versions },
    async handle({ caller, params }) {
      const data = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        const saved = await listVersions(tx, (await getBoardPipeline(tx, params, caller.rights)).id);
        const people = await loadPeople(
          tx,
          caller.workspaceId,
          saved.map(({ authorId }) => authorId),
        );
        return saved.map((one) => ({ version: one.version, ...stamp(one, people) }));
      });
      return { status: 200, body: { data, nextCursor: null } };
    },
  });

const show = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/automation/:type/:pipeline/versions/:version',
    summary: 'A version of a board; `?against=` adds what has changed since that one',
    tag: 'Automation',
    access: 'employee',
    params: versionParams,
    query: versionQuery,
    answers: { 200: oldVersion },
    async handle({ caller, params, query }) {
      const body = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        const { pipeline, saved } = await getVersion(tx, { ...params, rights: caller.rights }, params.version);
        const { file } = await readBoard(tx, pipeline, params.version);
        const people = await loadPeople(tx, caller.workspaceId, [saved.authorId]);
        const other =
          query.against === undefined
            ? undefined
            : await getVersion(tx, { ...params, rights: caller.rights }, query.against);
        const changes =
          other === undefined
            ? {}
            : { changes: listChanges((await readBoard(tx, pipeline, other.saved.version)).file, file) };
        return { ...file, version: params.version, ...stamp(saved, people), ...changes };
      });
      return { status: 200, body };
    },
  });

const restore = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/automation/:type/:pipeline/versions/:version/restore',
    summary: 'Save an old version as the newest one, with the same checks as any save',
    tag: 'Automation',
    access: 'automation',
    params: versionParams,
    query: automationQuery,
    answers: { 200: automationSaved },
    handle: ({ caller, params, query, write }) =>
      write(async (tx) => {
        const { pipeline, saved } = await getVersion(tx, { ...params, rights: caller.rights }, params.version);
        const body = { ...(await readBoard(tx, pipeline, saved.version)).file };
        const saving = await saveBoard(
          tx,
          actingOf(context, caller),
          await readBoardInput({ address: params, body, query, ifVersion: null }, caller),
        );
        return { status: 200, body: present(saving), headers: { etag: `"${saving.version}"` } };
      }),
  });

interface Address {
  readonly type: string;
  readonly pipeline: string;
  readonly rights: Rights;
}

async function getVersion(tx: Tx, { rights, ...address }: Address, version: number) {
  const pipeline = await getBoardPipeline(tx, address, rights);
  const saved = (await listVersions(tx, pipeline.id)).find((one) => one.version === version);
  if (saved === undefined) throw notFound(`Version ${version}`);
  return { pipeline, saved };
}

function stamp(
  { authorId, savedAt }: Pick<SavedBoard, 'authorId' | 'savedAt'>,
  people: ReadonlyMap<number, PersonRow>,
) {
  return { author: authorId === null ? null : (people.get(authorId) ?? null), savedAt };
}
