import type { TaskStatus } from '@signalbox/automation/kit/values/task-statuses.ts';
import {
  type TaskKind,
  type TaskReminder,
  type TaskRepeat,
  taskReminder,
  taskRepeat,
} from '@signalbox/contract/tasks.ts';
import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import type { DB } from '../../platform/schema.ts';

export interface ChecklistLine {
  readonly text: string;
  readonly done: boolean;
}

/** What people and rules set. */
export interface TaskFields {
  readonly kind: TaskKind;
  readonly title: string;
  readonly description: string;
  readonly status: TaskStatus;
  readonly responsibleId: number | null;
  readonly creatorId: number | null;
  readonly observerIds: readonly number[];
  readonly needsAcceptance: boolean;
  readonly deadline: Date | null;
  readonly reminder: TaskReminder | null;
  readonly checklist: readonly ChecklistLine[];
  readonly itemId: number | null;
  readonly parentId: number | null;
  readonly fileIds: readonly number[];
  readonly repeat: TaskRepeat | null;
}

/** The rule that made it, and where it stood. */
export interface MadeBy {
  readonly runId: number;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly pipelineId: number;
  readonly stageId: number;
}

export interface StoredTask extends TaskFields {
  readonly id: number;
  readonly remindAt: Date | null;
  readonly repeatAt: Date | null;
  /** That the deadline has passed. */
  readonly overdueTold: boolean;
  readonly madeBy: MadeBy | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedBy: number | null;
  readonly closedAt: Date | null;
}

/** Columns as the store writes them. */
export type TaskColumns = Omit<Insertable<DB['tasks']>, 'workspace_id' | 'id'>;

const checklistColumn = z.array(z.object({ text: z.string(), done: z.boolean() }));

export function toTask(row: Selectable<DB['tasks']>): StoredTask {
  return {
    ...{ id: row.id, kind: row.kind, title: row.title, description: row.description, status: row.status },
    ...{ responsibleId: row.responsible_id, creatorId: row.creator_id, observerIds: row.observer_ids },
    ...{ needsAcceptance: row.needs_acceptance, deadline: row.deadline, remindAt: row.remind_at },
    reminder: taskReminder.nullable().parse(row.reminder),
    checklist: checklistColumn.parse(row.checklist),
    ...{ itemId: row.item_id, parentId: row.parent_id, fileIds: row.file_ids },
    repeat: taskRepeat.nullable().parse(row.repeat),
    ...{
      repeatAt: row.repeat_at,
      overdueTold: row.overdue_told,
      madeBy: madeBy(row),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    },
    ...{ closedBy: row.closed_by, closedAt: row.closed_at },
  };
}

function madeBy(row: Selectable<DB['tasks']>): MadeBy | null {
  const { run_id: runId, rule_id: ruleId, rule_name: ruleName, pipeline_id: pipelineId, stage_id: stageId } = row;
  if (runId === null || ruleId === null || pipelineId === null || stageId === null) return null;
  return { runId, ruleId, ruleName: ruleName ?? '', pipelineId, stageId };
}

/** What is said once of each thing that may be set: its column, as it is written. */
export function columnsOf(fields: Partial<TaskFields>): Partial<TaskColumns> {
  const { kind, title, description, status, needsAcceptance: needs, deadline } = fields;
  const { responsibleId, creatorId, observerIds, itemId, parentId, fileIds } = fields;
  return withoutUndefined({
    ...{ kind, title, description, status, deadline, needs_acceptance: needs },
    ...{ responsible_id: responsibleId, creator_id: creatorId, observer_ids: observerIds && [...observerIds] },
    ...{ item_id: itemId, parent_id: parentId, file_ids: fileIds && [...fileIds] },
    ...{ reminder: asJson(fields.reminder), repeat: asJson(fields.repeat) },
    checklist: fields.checklist && JSON.stringify(fields.checklist),
  });
}

function asJson(value: object | null | undefined): string | null | undefined {
  return value === null || value === undefined ? value : JSON.stringify(value);
}

function withoutUndefined<T extends object>(given: T): Partial<T> {
  const kept: Partial<T> = { ...given };
  for (const [key, value] of Object.entries(given)) if (value === undefined) Reflect.deleteProperty(kept, key);
  return kept;
}
