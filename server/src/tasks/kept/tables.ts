import type { TaskStatus } from '@signalbox/automation/kit/values/task-statuses.ts';
import type { TaskKind } from '@signalbox/contract/tasks.ts';
import type { ColumnType, Generated } from 'kysely';
import type { DefaultJson, Flag, Ids, MaybeMoment, Moment, OfWorkspace } from '../../platform/schema/columns.ts';

type MaybeJson = ColumnType<unknown, string | null | undefined, string | null>;

declare module '../../platform/schema.ts' {
  interface DB {
    tasks: OfWorkspace & {
      kind: TaskKind;
      title: string;
      description: string;
      status: TaskStatus;
      responsible_id: number | null;
      creator_id: number | null;
      observer_ids: Ids;
      needs_acceptance: Flag;
      deadline: MaybeMoment;
      reminder: MaybeJson;
      remind_at: MaybeMoment;
      overdue_told: Flag;
      checklist: DefaultJson;
      item_id: number | null;
      parent_id: number | null;
      file_ids: Ids;
      repeat: MaybeJson;
      repeat_at: MaybeMoment;
      repeat_of: Generated<number | null>;
      run_id: Generated<number | null>;
      rule_id: Generated<string | null>;
      rule_name: Generated<string | null>;
      pipeline_id: Generated<number | null>;
      stage_id: Generated<number | null>;
      created_at: Moment;
      updated_at: Moment;
      closed_by: number | null;
      closed_at: MaybeMoment;
    };
    task_people: {
      workspace_id: number;
      employee_id: number;
      task_id: number;
      responsible: boolean;
      creator: boolean;
      observer: boolean;
    };
    task_comments: OfWorkspace & {
      task_id: number;
      author_id: number | null;
      at: Moment;
      text: string;
      file_ids: Ids;
    };
    task_history: OfWorkspace & {
      task_id: number;
      at: Moment;
      author_id: number | null;
      field: string;
      old_value: MaybeJson;
      new_value: MaybeJson;
      rule_name: string | null;
    };
  }
}
