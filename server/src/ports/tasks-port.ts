import type { TasksPort } from '@signalbox/automation/rules/tasks/port.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { createTask } from '../tasks/create-task.ts';
import type { MadeBy, TaskFields } from '../tasks/kept/task-row.ts';
import type { TaskActing } from '../tasks/telling/acting.ts';

/** Tasks of the item, in the run's transaction; they know by which rule they were made, and where that stands. */
export function tasksPort(scope: PortScope): TasksPort {
  return {
    plan: ({ kind, title, description, at, remindMinutes, responsibleId, creatorId }) =>
      scope.command(async () => {
        const { id } = await createTask(scope.tx, actingOf(scope, creatorId), {
          ...{ kind, title, description, responsibleId, creatorId, deadline: new Date(at) },
          reminder: remindMinutes === null ? null : { minutes: remindMinutes, workingTime: false },
          ...plain,
          itemId: scope.item().id,
          madeBy: madeBy(scope),
        });
        return { taskId: id };
      }),
  };
}

const plain: Omit<
  TaskFields,
  'kind' | 'title' | 'description' | 'responsibleId' | 'creatorId' | 'deadline' | 'reminder' | 'itemId'
> = {
  ...{
    status: 'new',
    observerIds: [],
    needsAcceptance: false,
    checklist: [],
    parentId: null,
    fileIds: [],
    repeat: null,
  },
};

function actingOf({ run, ruleName, chain, now }: PortScope, byId: number | null): TaskActing {
  return { byId, now, chain, runId: run.id, ruleName };
}

function madeBy({ run, rule, ruleName, board, item }: PortScope): MadeBy {
  const stageId = board.stages.find(({ code }) => code === rule.stage)?.id ?? item().stageId;
  return { runId: run.id, ruleId: rule.id, ruleName, pipelineId: board.pipelineId, stageId };
}
