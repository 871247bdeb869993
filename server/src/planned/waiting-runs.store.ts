import { type RawBuilder, sql } from 'kysely';
import type { Run } from '../automation/visits/runs.store.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import { arrays } from '../platform/sql-arrays.ts';
import type { Behind } from './place.ts';

/** A run that waits, with what the list tells of it. */
export interface WaitingRun {
  readonly id: number;
  readonly at: Date | null;
  readonly waitingFor: Exclude<Run['waitingFor'], null>;
  readonly ruleId: string;
  readonly visitId: number;
  readonly pipelineId: number;
  readonly stageId: number;
  readonly boardVersion: number;
  readonly movedBy: number | null;
  readonly itemId: number;
  readonly title: string;
  readonly type: string;
  readonly itemPipelineId: number;
  readonly responsibleId: number | null;
  readonly observerIds: readonly number[];
}

interface RunsFilter {
  readonly pipelineId?: number | undefined;
  readonly ruleId?: string | undefined;
  readonly responsibleId?: number | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Which items somebody may see; undefined: all (access/reachable-items.store.ts). */
  readonly reach?: RawBuilder<unknown> | undefined;
}

interface RunsPage extends RunsFilter {
  readonly after: Behind | undefined;
  readonly limit: number;
}

/** By moment, then those without one. */
export async function listWaitingRuns(tx: Tx, page: RunsPage): Promise<WaitingRun[]> {
  const { after, limit } = page;
  const timed = after?.at === null ? [] : await listPart(tx, page, true);
  const isPart = page.from !== undefined || page.to !== undefined;
  if (timed.length >= limit || isPart) return timed;
  const untimed = { ...page, after: after?.at === null ? after : undefined, limit: limit - timed.length };
  return [...timed, ...(await listPart(tx, untimed, false))];
}

/** Runs of few people are hardly met on the way down the list: so many are looked at before their items are asked instead. */
const LOOKED_AT = 5_000;

async function listPart(tx: Tx, page: RunsPage, timed: boolean): Promise<WaitingRun[]> {
  const isNarrowed = page.responsibleId !== undefined || page.reach !== undefined;
  const few = await onTheWay(tx, page, { timed, lookedAt: isNarrowed ? LOOKED_AT : page.limit });
  return few.length >= page.limit || !isNarrowed ? few : ofItems(tx, page, timed);
}

async function onTheWay(
  tx: Tx,
  page: RunsPage,
  { timed, lookedAt }: { readonly timed: boolean; readonly lookedAt: number },
): Promise<WaitingRun[]> {
  const order = timed ? sql`r.due_at, r.id` : sql`r.id`;
  const one = (rule: RawBuilder<unknown>) => sql`
    select r.* from runs r where ${sql.join([waits(tx, timed), rule, ...momentsOf(page, timed)], sql` and `)} order by ${order} limit ${lookedAt}`;
  const { pipelineId, ruleId } = page;
  const source =
    pipelineId === undefined
      ? one(sql`true`)
      : sql`select r.* from unnest(${arrays.texts(ruleId === undefined ? await listRuleIds(tx, pipelineId) : [ruleId])}::text[]) as of_rule (id),
          lateral (${one(sql`r.pipeline_id = ${pipelineId} and r.rule_id = of_rule.id`)}) r order by ${order} limit ${lookedAt}`;
  const { rows } = await sql<WaitingRun>`
    select ${columns} from (${source}) r ${withItem} where ${sql.join(narrowedTo(page), sql` and `)} order by ${order} limit ${page.limit}`.execute(
    tx,
  );
  return rows;
}

async function ofItems(tx: Tx, page: RunsPage, timed: boolean): Promise<WaitingRun[]> {
  const { pipelineId, ruleId, responsibleId } = page;
  const theirs =
    responsibleId === undefined
      ? sql`true`
      : sql`i.id in (select k.item_id from item_keys k where k.workspace_id = ${workspaceOf(tx)} and k.responsible_id = ${responsibleId})`;
  const wheres = [
    waits(tx, timed),
    ...momentsOf(page, timed),
    ...(pipelineId === undefined ? [] : [sql`r.pipeline_id = ${pipelineId}`]),
    ...(ruleId === undefined ? [] : [sql`r.rule_id = ${ruleId}`]),
  ];
  const { rows } = await sql<WaitingRun>`
    with mine as materialized (select i.* from items i where i.workspace_id = ${workspaceOf(tx)} and ${theirs} and ${sql.join(narrowedTo(page), sql` and `)}),
    r as materialized (select r.* from mine i join runs r on r.workspace_id = i.workspace_id and r.item_id = i.id and not r.entry where ${sql.join(wheres, sql` and `)})
    select ${columns} from r ${withItem} order by ${timed ? sql`r.due_at, r.id` : sql`r.id`} limit ${page.limit}`.execute(
    tx,
  );
  return rows;
}

const columns = sql`r.id, r.due_at as at, r.waiting_for as "waitingFor", r.rule_id as "ruleId", r.visit_id as "visitId", r.pipeline_id as "pipelineId",
  v.stage_id as "stageId", coalesce(r.board_version, v.board_version) as "boardVersion", r.moved_by as "movedBy",
  i.id as "itemId", i.title, i.type, i.pipeline_id as "itemPipelineId", i.responsible_id as "responsibleId", i.observer_ids as "observerIds"`;

const withItem = sql`
  join items i on i.workspace_id = r.workspace_id and i.id = r.item_id
  join visits v on v.workspace_id = r.workspace_id and v.id = r.visit_id`;

function waits(tx: Tx, timed: boolean): RawBuilder<unknown> {
  const moment = timed ? sql`r.due_at is not null` : sql`r.due_at is null`;
  return sql`r.workspace_id = ${workspaceOf(tx)} and r.state = 'waiting' and r.waiting_for is not null and ${moment}`;
}

function momentsOf({ after, from, to }: RunsPage, timed: boolean): RawBuilder<unknown>[] {
  if (!timed) return after === undefined ? [] : [sql`r.id > ${after.id}`];
  return [
    ...(after?.at ? [sql`(r.due_at, r.id) > (${after.at}, ${after.id})`] : []),
    ...(from === undefined ? [] : [sql`r.due_at >= ${from}`]),
    ...(to === undefined ? [] : [sql`r.due_at < ${to}`]),
  ];
}

function narrowedTo({ responsibleId, reach }: RunsFilter): RawBuilder<unknown>[] {
  return [
    sql`true`,
    ...(responsibleId === undefined ? [] : [sql`i.responsible_id = ${responsibleId}`]),
    ...(reach === undefined ? [] : [reach]),
  ];
}

async function listRuleIds(tx: Tx, pipelineId: number): Promise<string[]> {
  const { rows } = await sql<{ ruleId: string }>`
    with recursive ${rulesThatWait(tx, [pipelineId])} select rule_id as "ruleId" from waiting_rules where rule_id is not null`.execute(
    tx,
  );
  return rows.map(({ ruleId }) => ruleId);
}

/** From rule to rule by the index, a pipeline at a time: the others of a rule are passed over however many they are. */
function rulesThatWait(tx: Tx, pipelineIds: readonly number[]): RawBuilder<unknown> {
  const first = (pipeline: RawBuilder<unknown>, after: RawBuilder<unknown>) => sql`(
    select rule_id from runs where workspace_id = ${workspaceOf(tx)} and pipeline_id = ${pipeline} and ${after} and state = 'waiting' and waiting_for is not null
    order by rule_id limit 1)`;
  return sql`waiting_rules as (
    select asked.id as pipeline_id, ${first(sql`asked.id`, sql`true`)} as rule_id from unnest(${arrays.numbers(pipelineIds)}::bigint[]) as asked (id)
    union all
    select pipeline_id, ${first(sql`w.pipeline_id`, sql`rule_id > w.rule_id`)} from waiting_rules w where w.rule_id is not null)`;
}

interface RuleThatWaits {
  readonly pipelineId: number;
  readonly ruleId: string;
  readonly count: number;
  readonly next: Date | null;
  readonly boardVersion: number;
}

/** Each rule of these pipelines with runs that wait: how many, up to `most`, the next moment, and the board that its next run keeps to. */
export async function listRulesThatWait(
  tx: Tx,
  { pipelineIds, most }: { readonly pipelineIds: readonly number[]; readonly most: number },
): Promise<RuleThatWaits[]> {
  const { rows } = await sql<RuleThatWaits>`
    with recursive ${rulesThatWait(tx, pipelineIds)}
    select w.pipeline_id as "pipelineId", w.rule_id as "ruleId", few.count, first.due_at as next, coalesce(first.board_version, v.board_version) as "boardVersion"
    from waiting_rules w,
      lateral (select count(*)::int as count from (select from runs r where ${ofRule(tx)} limit ${most}) counted) few,
      lateral (select r.due_at, r.board_version, r.visit_id from runs r where ${ofRule(tx)} order by r.due_at, r.id limit 1) first
      join visits v on v.workspace_id = ${workspaceOf(tx)} and v.id = first.visit_id`.execute(tx);
  return rows;
}

const ofRule = (tx: Tx) =>
  sql`r.workspace_id = ${workspaceOf(tx)} and r.pipeline_id = w.pipeline_id and r.rule_id = w.rule_id and r.state = 'waiting' and r.waiting_for is not null`;

/** By visit: the rules that wait for others of it to end. */
export async function listLinks(tx: Tx, visitIds: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const { rows } = await sql<{ visitId: number; ruleIds: string[] }>`
    select visit_id as "visitId", array_agg(rule_id) as "ruleIds" from runs
    where workspace_id = ${workspaceOf(tx)} and visit_id = any(${arrays.numbers([...new Set(visitIds)])}::bigint[])
      and state = 'waiting' and waiting_for is null and due_at is null group by 1`.execute(tx);
  return new Map(rows.map(({ visitId, ruleIds }) => [visitId, ruleIds]));
}
