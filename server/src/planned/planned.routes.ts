import {
  plannedChangeBody,
  plannedChanged,
  plannedList,
  plannedQuery,
  plannedRules,
} from '@signalbox/contract/automation/planned.ts';
import type { z } from 'zod';
import { hasAllOf, seesPipeline } from '../access/access-pipeline.ts';
import { boardKey, loadBoardVersions } from '../automation/boards/boards.store.ts';
import { actingOf } from '../automation/editing/board-file.routes.ts';
import { listPipelines } from '../crm/pipelines/pipelines.store.ts';
import { findPerson } from '../people/employees.store.ts';
import type { Caller, Context, Rights } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOf, parseCursor } from '../platform/http/paging.ts';
import { changePlanned } from './change-planned.ts';
import { listPlanned, type PlannedFilter } from './list-planned.ts';
import { placeCursor, toCursor, toPlace } from './place.ts';
import { listRulesThatWait } from './waiting-runs.store.ts';

const tag = 'Automation';

/** Everything that waits, across items: what it is, when it comes, and what may be done about it. */
export const plannedRoutes = (context: Context): Route[] => [list(context), rules(context), change(context)];

const list = ({ databases, clock }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/planned',
    summary: 'What waits: runs of rules, reminders, tasks that repeat, deliveries; the earliest first',
    tag,
    access: 'employee',
    query: plannedQuery,
    answers: { 200: plannedList },
    async handle({ caller, query: { limit, cursor, ...asked } }) {
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const filter = await readFilter(tx, caller, asked);
        const found = parseCursor(placeCursor, cursor);
        const after = found && toPlace(found);
        const page = { ...filter, after, limit: limit + 1, rights: caller.rights, now: clock.now() };
        const shown = await listPlanned(tx, page);
        return pageOf(shown, limit, { show: (one) => one.body, cursor: (one) => toCursor(one.place) });
      });
      return { status: 200, body };
    },
  });

const MOST_COUNTED = 1_001;

const rules = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/planned/rules',
    summary: 'The rules whose runs wait, with how many and the next moment; more than 1,000 are said as 1,001',
    tag,
    access: 'employee',
    answers: { 200: plannedRules },
    async handle({ caller }) {
      const data = await inWorkspace(databases.app, caller.workspaceId, (tx) => listRules(tx, caller.rights));
      return { status: 200, body: { data } };
    },
  });

const change = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/planned/change',
    summary: 'Do now, cancel or move several that wait; those that you may not change so are told and stay',
    tag,
    access: 'employee',
    body: plannedChangeBody,
    answers: { 200: plannedChanged },
    handle: ({ caller, body, write }) =>
      write(async (tx) => ({ status: 200, body: await changePlanned(tx, actingOf(context, caller), body) })),
  });

type Asked = Omit<z.output<typeof plannedQuery>, 'limit' | 'cursor'>;

async function readFilter(
  tx: Tx,
  { workspaceId }: Caller,
  { kind, responsible, pipeline, rule, from, to }: Asked,
): Promise<PlannedFilter> {
  const person = responsible === undefined ? undefined : await findPerson(tx, workspaceId, responsible);
  if (responsible !== undefined && person === undefined)
    throw invalidAt('responsible', 'unknown-person', `There is no employee ${responsible}`);
  return {
    ...{ kind, pipelineId: pipeline, ruleId: rule, responsibleId: person?.id },
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}

async function listRules(tx: Tx, rights: Rights) {
  const pipelines = (await listPipelines(tx)).filter((one) => seesPipeline(rights, one));
  const byId = new Map(pipelines.map((one) => [one.id, one]));
  const found = await listRulesThatWait(tx, { pipelineIds: [...byId.keys()], most: MOST_COUNTED });
  const versionOf = (one: (typeof found)[number]) => ({ pipelineId: one.pipelineId, version: one.boardVersion });
  const boards = await loadBoardVersions(tx, found.map(versionOf));
  return found.flatMap((one) => {
    const pipeline = byId.get(one.pipelineId);
    if (pipeline === undefined) return [];
    const rule = boards.get(boardKey(versionOf(one)))?.rules.find(({ id }) => id === one.ruleId);
    const isWhole = hasAllOf(rights, pipeline, 'read') || rights.areas.automation;
    return [
      {
        pipeline: { id: pipeline.id, name: pipeline.name, type: pipeline.type },
        rule: { id: one.ruleId, key: rule?.key ?? '', name: rule?.name ?? one.ruleId },
        ...{ count: isWhole ? one.count : null, next: isWhole ? (one.next?.toISOString() ?? null) : null },
      },
    ];
  });
}
