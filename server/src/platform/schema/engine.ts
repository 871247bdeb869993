import type { ColumnType, Generated } from 'kysely';
import type { Flag, Json, MaybeMoment, Moment, OfWorkspace, Stamp, Texts } from './columns.ts';

/** Pipelines and boards, signals, decisions, visits and runs. */
export interface EngineTables {
  pipelines: OfWorkspace & {
    type: string;
    name: string;
    position: Generated<number>;
    board_version: Generated<number>;
    created_at: Stamp;
  };
  stages: OfWorkspace & {
    pipeline_id: number;
    code: string;
    name: string;
    kind: 'open' | 'won' | 'lost';
    color: Generated<string>;
    position: number;
  };
  boards: {
    workspace_id: number;
    pipeline_id: number;
    version: number;
    file: Json;
    author_id: number | null;
    saved_at: Stamp;
  };
  signals: OfWorkspace & {
    kind: string;
    occurred_at: Moment;
    recorded_at: Stamp;
    source_key: string;
    payload: Json;
    item_ids: number[] | null;
    client: ColumnType<unknown, string | null, string | null>;
    chain: ColumnType<unknown, string | null, string | null>;
    cause_run_id: number | null;
  };
  signal_queue: {
    workspace_id: number;
    signal_id: number;
    recorded_at: Stamp;
    attempts: Generated<number>;
    error: string | null;
    parked_at: MaybeMoment;
    item_ids: number[] | null;
  };
  decisions: {
    workspace_id: number;
    item_id: number;
    signal_id: number;
    decided_at: Moment;
    pipeline_id: number;
    board_version: number;
    visit_id: number | null;
    verdicts: Json;
    hearers: string | null;
    note: ColumnType<unknown, string | null, string | null>;
  };
  hearer_lists: { workspace_id: number; id: string; triggers: Json };
  visits: OfWorkspace & {
    item_id: number;
    pipeline_id: number;
    stage_id: number;
    from_pipeline_id: number | null;
    from_stage_id: number | null;
    entered_at: Moment;
    board_version: number;
    by_id: number | null;
    signal_id: number | null;
    trigger_id: string | null;
    run_id: number | null;
    chain: ColumnType<unknown, string | null, string | null>;
  };
  runs: OfWorkspace & {
    visit_id: number;
    item_id: number;
    /** The visit's. */
    pipeline_id: number;
    rule_id: string;
    state: Generated<'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'cancelled' | 'uncertain'>;
    waiting_for: 'time' | 'condition' | 'task' | 'answer' | null;
    entry: Flag;
    keep: Flag;
    due_at: MaybeMoment;
    started_at: MaybeMoment;
    ended_at: MaybeMoment;
    attempts: Generated<number>;
    result: ColumnType<unknown, string | null | undefined, string | null>;
    error: string | null;
    reason: ColumnType<unknown, string | null | undefined, string | null>;
    asked_by: number | null;
    board_version: number | null;
    moved_by: number | null;
    /** What it left behind, for its undo. */
    did: ColumnType<unknown, string | null | undefined, string | null>;
    undone_at: MaybeMoment;
    undone_by: number | null;
  };
  rule_turns: { workspace_id: number; pipeline_id: number; rule_id: string; last_employee_id: number };
  processes: { id: string; worker_ids: Texts; roles: string; started_at: Stamp; seen_at: Stamp };
}
