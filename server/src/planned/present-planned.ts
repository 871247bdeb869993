import type { BoundRule } from '@signalbox/automation/engine/board.ts';
import type { Planned } from '@signalbox/contract/automation/planned.ts';
import { z } from 'zod';
import { listOwned } from '../access/owned-items.store.ts';
import { reachesItem } from '../access/reach.ts';
import { seenReason } from '../access/seen-evidence.ts';
import { boardKey, loadBoardVersions } from '../automation/boards/boards.store.ts';
import { listStageRules } from '../automation/visits/stage-rules.ts';
import { recallReferenceNow } from '../crm/facts/known-reference.store.ts';
import { loadPeople } from '../people/employees.store.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { listItemTitles } from '../tasks/kept/task-notes.store.ts';
import type { StoredTask } from '../tasks/kept/task-row.ts';
import { standingOf } from '../tasks/rights/reach-task.ts';
import type { WaitingDelivery } from './waiting-others.store.ts';
import { listLinks, type WaitingRun } from './waiting-runs.store.ts';

const nothing = {
  ...{
    waitingFor: null,
    condition: null,
    item: null,
    responsible: null,
    rule: null,
    pipeline: null,
    stage: null,
    behind: 0,
  },
  ...{ task: null, delivery: null, movedBy: null },
} satisfies Partial<Planned>;

/** Runs as the list shows them, with names of the boards that each keeps to, a statement a table. */
export async function presentRuns(tx: Tx, rows: readonly WaitingRun[], rights: Rights): Promise<Planned[]> {
  if (rows.length === 0) return [];
  const reference = await recallReferenceNow(tx);
  const versionOf = (row: WaitingRun) => ({ pipelineId: row.pipelineId, version: row.boardVersion });
  const boards = await loadBoardVersions(tx, rows.map(versionOf), reference);
  const people = await peopleOf(
    tx,
    rows.flatMap(({ responsibleId, movedBy }) => [responsibleId, movedBy]),
  );
  const links = await listLinks(
    tx,
    rows.map(({ visitId }) => visitId),
  );
  return rows.map((row): Planned => {
    const board = boards.get(boardKey(versionOf(row)));
    const rule = board?.rules.find(({ id }) => id === row.ruleId);
    const pipeline = reference.pipelines.get(row.pipelineId);
    const stage = pipeline?.stages.find(({ id }) => id === row.stageId);
    const change = reachesItem(rights, { ...row, pipelineId: row.itemPipelineId }, 'change');
    const chain = board === undefined || rule === undefined ? [] : listStageRules(board, rule.stageId);
    return {
      ...nothing,
      ...{ id: `run-${row.id}`, kind: 'run', at: iso(row.at), waitingFor: row.waitingFor, item: itemOf(row) },
      condition: row.waitingFor === 'condition' ? conditionOf(rule) : null,
      responsible: people(row.responsibleId),
      rule: { id: row.ruleId, key: rule?.key ?? '', name: rule?.name ?? row.ruleId },
      pipeline: pipeline === undefined ? null : { id: row.pipelineId, name: pipeline.name },
      stage: stage === undefined ? null : { code: stage.code, name: stage.name },
      behind: countBehind(row.ruleId, links.get(row.visitId) ?? [], chain),
      movedBy: people(row.movedBy),
      may: { change, move: change && row.waitingFor === 'time' },
    };
  });
}

/** What is told of a rule's condition to who may see its item: as on its Automation tab, what it asks, not what it saw. */
function conditionOf(rule: BoundRule | undefined): Planned['condition'] {
  const awaited = rule?.definition.awaits(rule.settings) ?? null;
  return awaited === null ? null : z.record(z.string(), z.json()).parse(awaited.condition);
}

type Chain = readonly { readonly rule: { readonly id: string }; readonly waitsFor: readonly string[] }[];

/** Which of the links wait for the rule, or for one that does; a chain stands in its order. */
function countBehind(ruleId: string, links: readonly string[], chain: Chain): number {
  const held = new Set([ruleId]);
  for (const { rule, waitsFor } of chain) if (waitsFor.some((id) => held.has(id))) held.add(rule.id);
  return links.filter((id) => held.has(id)).length;
}

export async function presentTasks(
  tx: Tx,
  tasks: readonly StoredTask[],
  { kind, rights }: { readonly kind: 'reminder' | 'repeat'; readonly rights: Rights },
): Promise<Planned[]> {
  if (tasks.length === 0) return [];
  const owned = new Map(
    (
      await listOwned(
        tx,
        tasks.flatMap(({ itemId }) => itemId ?? []),
      )
    ).map((one) => [one.id, one]),
  );
  const seen = [...owned.values()].filter((item) => reachesItem(rights, item, 'read')).map(({ id }) => id);
  const titles = await listItemTitles(tx, seen);
  const people = await peopleOf(
    tx,
    tasks.map(({ responsibleId }) => responsibleId),
  );
  return tasks.map((task): Planned => {
    const item = titles.get(task.itemId ?? 0);
    const { change } = standingOf(rights, task, owned.get(task.itemId ?? 0));
    return {
      ...nothing,
      ...{ id: `${kind}-${task.id}`, kind, at: iso(kind === 'reminder' ? task.remindAt : task.repeatAt) },
      item: item === undefined || task.itemId === null ? null : { id: task.itemId, ...titled(item) },
      responsible: people(task.responsibleId),
      task: { id: task.id, title: task.title },
      may: { change, move: change },
    };
  });
}

export async function presentDeliveries(tx: Tx, rows: readonly WaitingDelivery[], rights: Rights): Promise<Planned[]> {
  const people = await peopleOf(
    tx,
    rows.map(({ responsibleId }) => responsibleId),
  );
  return rows.map((row): Planned => {
    const { id, at, kind, itemId, title, type, itemPipelineId, responsibleId, observerIds } = row;
    const item =
      itemId === null || type === null || itemPipelineId === null
        ? null
        : {
            id: itemId,
            title: title ?? '',
            type,
            pipelineId: itemPipelineId,
            responsibleId,
            observerIds: observerIds ?? [],
          };
    const change = item === null ? rights.areas.mail : reachesItem(rights, item, 'change');
    const reason = item === null ? row.reason : seenReason(row.reason, { rights, type: item.type });
    return {
      ...nothing,
      ...{ id: `delivery-${id}`, kind: 'delivery', at: iso(at), responsible: people(responsibleId) },
      item: item === null ? null : { id: item.id, title: item.title, type: item.type },
      delivery: { kind, error: row.error, reason },
      may: { change, move: change },
    };
  });
}

const titled = ({ title, type }: { readonly title: string; readonly type: string }) => ({ title, type });
const itemOf = ({ itemId, title, type }: WaitingRun) => ({ id: itemId, title, type });
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

async function peopleOf(tx: Tx, ids: readonly (number | null)[]) {
  const people = await loadPeople(tx, workspaceOf(tx), ids);
  return (id: number | null) => (id === null ? null : (people.get(id) ?? null));
}
