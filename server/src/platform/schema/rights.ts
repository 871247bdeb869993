import type { ColumnType, Generated } from 'kysely';
import type { DefaultJson, Moment, OfWorkspace, Stamp } from './columns.ts';

/** Roles, who has them, and the audit log. */
export interface RightsTables {
  roles: OfWorkspace & {
    code: string | null;
    name: string | null;
    rights: ColumnType<unknown, string | null | undefined, string | null>;
    position: Generated<number>;
    created_at: Stamp;
  };
  employee_roles: { workspace_id: number; employee_id: number; role_id: number };
  audit_log: OfWorkspace & {
    at: Moment;
    kind: string;
    by_id: number | null;
    seen_by_id: number | null;
    via: string;
    ip: string | null;
    text: Generated<string>;
    data: DefaultJson;
  };
}
