import type { ColumnType, Generated } from 'kysely';
import type { Flag, Ids, Json, MaybeMoment, Moment, OfWorkspace, Stamp } from '../../../platform/schema/columns.ts';
import type { CallState, Direction } from './call-event.ts';

declare module '../../../platform/schema.ts' {
  interface DB {
    calls: OfWorkspace & {
      line_id: number;
      source_call_id: string;
      direction: Direction;
      number: string | null;
      contact_id: number | null;
      company_id: number | null;
      employee_id: number | null;
      employee_ids: Ids;
      started_at: Moment;
      answered_at: MaybeMoment;
      ended_at: MaybeMoment;
      talk_seconds: number | null;
      waiting_seconds: number | null;
      state: CallState;
      status_code: string | null;
      fold: Json;
      after_hours: Flag;
      item_id: number | null;
      tied_by: ColumnType<unknown, string | null | undefined, string | null>;
      note: ColumnType<string, string | undefined, string>;
      returned_by: number | null;
      returned_at: MaybeMoment;
      outbox_id: number | null;
      heard_at: Stamp;
    };
    call_recordings: OfWorkspace & {
      call_id: number;
      file_id: number | null;
      url: string | null;
      state: 'waiting' | 'kept' | 'failed' | 'deleted';
      error: string | null;
      reason: ColumnType<unknown, string | null | undefined, string | null>;
      tries: Generated<number>;
      keep_days: Generated<number>;
      next_at: Stamp;
      created_at: Stamp;
    };
    call_items: { workspace_id: number; call_id: number; item_id: number };
  }
}
