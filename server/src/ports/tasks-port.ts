import type { TasksPort } from '@signalbox/automation/rules/tasks/port.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { changeTask } from '../tasks/change-task.ts';
import { createTask } from '../tasks/create-task.ts';
import { listMadeByRules } from '../tasks/kept/planned.store.ts';
import type { MadeBy } from '../tasks/kept/task-row.ts';
import { findTask, getTask } from '../tasks/kept/tasks.store.ts';
import type { TaskActing } from '../tasks/telling/acting.ts';

/** Tasks of the item, in the run's transaction; they know by which rule they were made, and where that stands. */
export function tasksPort(scope: PortScope): TasksPort {
  const { tx } = scope;
  return {
    create: ({ deadline, remindMinutes, checklist, ...task }) =>
      scope.command(async () => {
        const { id } = await createTask(tx, actingOf(scope, task.creatorId), {
          ...task,
          deadline: deadline === null ? null : new Date(deadline),
          reminder: remindMinutes === null ? null : { minutes: remindMinutes, workingTime: task.kind === 'task' },
          checklist: checklist.map((text) => ({ text, done: false })),
          ...{
            status: 'new',
            parentId: null,
            fileIds: [],
            repeat: null,
            itemId: scope.item().id,
            madeBy: madeBy(scope),
          },
        });
        scope.did({ kind: 'task', task: id });
        return { taskId: id };
      }),
    async find(taskId) {
      const task = await findTask(tx, taskId);
      return task && { closedAt: task.closedAt?.toISOString() ?? null, closedById: task.closedBy };
    },
    complete: ({ stages, byId }) =>
      scope.command(async () => {
        const stageIds = stagesOf(scope, stages);
        const ids = await listMadeByRules(tx, { itemId: scope.item().id, stageIds });
        for (const id of ids) await completeTask(scope, id, byId);
        return { completed: ids.length };
      }),
  };
}

async function completeTask(scope: PortScope, id: number, byId: number | null): Promise<void> {
  const { status: from } = await getTask(scope.tx, id);
  const { status: to } = await changeTask(scope.tx, actingOf(scope, byId), { id, change: { status: 'completed' } });
  if (from !== to) scope.did({ kind: 'task-status', task: id, from, to });
}

function actingOf({ run, ruleName, chain, now, asOf }: PortScope, byId: number | null): TaskActing {
  return { byId, now, asOf, chain, runId: run.id, ruleName };
}

function madeBy({ run, rule, ruleName, board, item }: PortScope): MadeBy {
  const stageId = board.stages.find(({ code }) => code === rule.stage)?.id ?? item().stageId;
  return { runId: run.id, ruleId: rule.id, ruleName, pipelineId: board.pipelineId, stageId };
}

/** Null: every stage. */
function stagesOf({ board }: PortScope, codes: readonly string[]): number[] | null {
  if (codes.length === 0) return null;
  return board.stages.flatMap(({ id, code }) => (codes.includes(code) ? id : []));
}
