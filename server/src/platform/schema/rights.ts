import type { ColumnType, Generated } from 'kysely';
import type { DefaultJson, Moment, OfWorkspace, Stamp, Texts } from './columns.ts';

/** Roles, who has them, and the audit log. */
export interface RightsTables {
  roles: OfWorkspace & {
    code: string | null;
    name: string | null;
    rights: ColumnType<unknown, string | null | undefined, string | null>;
    position: Generated<number>;
    second_factor: Generated<boolean>;
    created_at: Stamp;
  };
  employee_roles: { workspace_id: number; employee_id: number; role_id: number };
  audit_log: OfWorkspace & {
    at: Moment;
    until_at: Moment;
    kind: string;
    via: string;
    by_id: number | null;
    by_name: string | null;
    via_id: string | null;
    via_name: string | null;
    seen_by_id: number | null;
    seen_by_name: string | null;
    session: string | null;
    addresses: Texts;
    object_kind: string | null;
    object_id: string | null;
    object_name: string | null;
    text: string;
    data: DefaultJson;
    fold: string | null;
    times: Generated<number>;
    rows: number | null;
  };
}
